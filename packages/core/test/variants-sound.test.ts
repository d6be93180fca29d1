import type { Condition, Experience, Ruleset } from '@attune/core'
import { planRoute } from '@attune/core/variants'
import { expect, test } from 'vitest'
import { choose } from './oracle/decide.ts'
import { LEAVES, makeLeaf } from './oracle/make-condition.ts'
import { makeRuleset } from './oracle/make-ruleset.ts'
import { makeNow, makeWorld } from './oracle/make-world.ts'
import { createRandom, type Random } from './oracle/random.ts'
import { visible } from './oracle/world.ts'

const RULESETS = Number(process.env.ATTUNE_PLAN_RULESETS ?? 150)
const WORLDS = 40

test('whatever the oracle decides for a visitor is in the plan', () => {
  expect(
    findUnplanned((random, at) => ({ ...makeRuleset(random, `r${at}`), routes: { '/': ['hero', 'rail'] } })),
  ).toEqual({ decided: RULESETS * WORLDS, unplanned: [] })
}, 300_000)

test('so it is where many conditions are about the same things', () => {
  expect(findUnplanned(makeEntangled)).toEqual({ decided: RULESETS * WORLDS, unplanned: [] })
}, 300_000)

function findUnplanned(make: (random: Random, at: number) => Ruleset) {
  const unplanned: unknown[] = []
  let decided = 0
  for (let seed = 1; seed <= RULESETS; seed++) {
    const random = createRandom(seed)
    const ruleset = make(random, seed)
    const placements = ruleset.routes!['/']!
    const { combinations } = planRoute(ruleset, '/', { budget: 10_000 })
    const planned = new Set(combinations.map(({ variants }) => Object.values(variants).join(' ')))
    for (let turn = 0; turn < WORLDS; turn++) {
      const { world } = makeWorld(random, ruleset)
      const now = makeNow(random, world)
      const seen = { ...world, events: visible(world, now) }
      const shown = placements.map((placement) => choose(seen, placement, now).variant).join(' ')
      decided++
      if (!planned.has(shown)) unplanned.push({ seed, shown })
    }
  }
  return { decided, unplanned: unplanned.slice(0, 3) }
}

// Conditions of few kinds that name the same event, family, score or path, so that they follow from each other.
function makeEntangled(random: Random, at: number): Ruleset {
  const kinds = random.some(LEAVES)
  const leaves = Array.from({ length: 400 }, () => makeLeaf(random, random.pick(kinds)))
  const about = subjectOf(random.pick(leaves))
  const alike = leaves.filter((leaf) => subjectOf(leaf) === about).slice(0, 8)
  const segments = alike.map((when, place) => [`s${place}`, { when }] as const)
  const placements = ['a', 'b', 'c', 'd']
  const audience = (): Condition => {
    const segment = { segment: random.pick(segments)[0] }
    return random.chance(0.4) ? { not: segment } : segment
  }
  const experiences = Array.from({ length: 8 }, (_, place): Experience => {
    const both: Condition = random.chance(0.3) ? { all: [audience(), audience()] } : audience()
    return {
      key: `x${place}`,
      placement: random.pick(placements),
      audience: both,
      allocation: [{ variant: random.pick(['one', 'two']), share: 1 }],
    }
  })
  return {
    ...makeRuleset(random, `r${at}`),
    segments: Object.fromEntries(segments),
    placements: Object.fromEntries(
      placements.map((key) => [key, { baseline: 'base', variants: ['base', 'one', 'two'] }]),
    ),
    experiences,
    routes: { '/': placements },
  }
}

const SUBJECTS = ['attr', 'touch', 'score', 'interest', 'rfm', 'funnel', 'consent']

function subjectOf(leaf: Condition): string {
  const text = JSON.stringify(leaf)
  const named = SUBJECTS.map((name) => new RegExp(`"${name}":("[^"]*")`).exec(text)?.[0]).find(Boolean)
  return (
    named ??
    ['view_item', 'add_to_cart', 'purchase', 'search'].find((event) => text.includes(event)) ??
    'when'
  )
}
