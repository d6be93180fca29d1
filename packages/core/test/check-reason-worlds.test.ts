import type { Condition, Ruleset } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import { expect, test } from 'vitest'
import { excludes, implies, isAlways, isNever, isSure } from '../src/condition/reason.ts'
import { ask } from './oracle/ask.ts'
import { choose } from './oracle/decide.ts'
import { LEAVES, makeLeaf } from './oracle/make-condition.ts'
import { makeRuleset } from './oracle/make-ruleset.ts'
import { makeNow, makeWorld } from './oracle/make-world.ts'
import { createRandom, type Random } from './oracle/random.ts'
import type { World } from './oracle/world.ts'

const SEEDS = process.env.ATTUNE_SOAK === '1' ? 5_000 : 100
const PAIRS = 25

interface Shape {
  readonly [key: string]: unknown
}

interface Moment {
  readonly world: World
  readonly now: number
}

/** What is concluded of two conditions, and how an answer would prove it wrong. */
const CONCLUSIONS: {
  readonly [name: string]: readonly [
    concludes: (a: Condition, b: Condition, known: Ruleset) => boolean,
    isWrong: (a: boolean | null, b: boolean | null) => boolean,
  ]
} = {
  never: [(a, _, known) => isNever(a, known), (a) => a === true],
  always: [(a, _, known) => isAlways(a, known), (a) => a === false],
  sure: [(a, _, known) => isSure(a, known), (a) => a !== true],
  implies: [implies, (a, b) => a === true && b !== true],
  excludes: [excludes, (a, b) => a === true && b === true],
}

test('what reasoning concludes is so in every world', { timeout: 120_000 }, () => {
  const concluded: { [name: string]: number } = {}
  const wrong: unknown[] = []
  for (let seed = 1; seed <= SEEDS && wrong.length === 0; seed++) {
    const random = createRandom(seed)
    const ruleset = makeRuleset(random, 'r')
    const moments = makeMoments(random, ruleset)
    for (let pair = 0; pair < PAIRS; pair++) {
      const kin = makeKin(random)
      const [a, b] = [makeTree(random, kin, 2), makeTree(random, kin, 2)]
      for (const [name, [concludes, isWrong]] of Object.entries(CONCLUSIONS)) {
        if (!concludes(a, b, ruleset)) continue
        concluded[name] = (concluded[name] ?? 0) + 1
        const against = moments.find(({ world, now }) => isWrong(ask(world, a, now), ask(world, b, now)))
        if (against !== undefined) wrong.push({ seed, name, a, b, events: ruleset.events, ...against })
      }
    }
  }
  expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
  // A test that concludes little proves little.
  expect(Object.values(concluded).filter((times) => times >= 30)).toHaveLength(
    Object.keys(CONCLUSIONS).length,
  )
})

test('an experience that is said to be shown to nobody is shown to nobody', { timeout: 120_000 }, () => {
  const wrong: unknown[] = []
  let said = 0
  for (let seed = 1; seed <= SEEDS * 2 && wrong.length === 0; seed++) {
    const random = createRandom(seed)
    const ruleset = makeRuleset(random, 'r')
    const nobody = shownToNobody(ruleset)
    if (nobody.length === 0) continue
    said += nobody.length
    const against = makeMoments(random, ruleset).find(({ world, now }) =>
      ['hero', 'rail'].some((placement) => nobody.includes(choose(world, placement, now).experience ?? '')),
    )
    if (against !== undefined) wrong.push({ seed, nobody, ...against })
  }
  expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
  expect(said).toBeGreaterThan(SEEDS / 10)
})

function shownToNobody(ruleset: Ruleset): readonly string[] {
  const found = checkRuleset(ruleset)
    .filter(({ code }) => code === 'never-wins' || code === 'never-shown')
    .map(({ path }) => Number(/^\$\.experiences\[(\d+)\]/.exec(path)![1]))
  return found.map((at) => ruleset.experiences![at]!.key)
}

function makeMoments(random: Random, ruleset: Ruleset): readonly Moment[] {
  return Array.from({ length: 8 }).flatMap(() => {
    const { world } = makeWorld(random, ruleset)
    return Array.from({ length: 4 }, () => ({ world, now: makeNow(random, world) }))
  })
}

// Conditions that look at nearly the same thing: only of such is much concluded.
function makeKin(random: Random): readonly Condition[] {
  const kind = random.pick(LEAVES)
  const base = makeLeaf(random, kind) as unknown as Shape
  return Array.from({ length: 4 }, (): Condition => {
    if (random.chance(0.15))
      return makeLeaf(random, random.pick(['count', 'since', 'absent', 'unfinished', 'consent']))
    const other = makeLeaf(random, kind) as unknown as Shape
    const shared = ['where', 'of', 'attr', 'touch', 'is', 'value', 'within', 'sequence', 'gap', kind].filter(
      (name) => Object.hasOwn(base, name) && Object.hasOwn(other, name) && random.chance(0.8),
    )
    // An attribute's test goes with its path, a filter with its event.
    if (kind === 'attr' || kind === 'touch')
      return (random.chance(0.5) ? base : other) as unknown as Condition
    const isSame = [kind, 'interest', 'funnel'].every((name) => base[name] === other[name])
    const merged = isSame
      ? { ...other, ...Object.fromEntries(shared.map((name) => [name, base[name]])) }
      : other
    return merged as unknown as Condition
  })
}

function makeTree(random: Random, leaves: readonly Condition[], depth: number): Condition {
  if (depth === 0 || random.chance(0.3)) return random.pick(leaves)
  const child = (): Condition => makeTree(random, leaves, depth - 1)
  const of = Array.from({ length: 2 + random.below(2) }, child)
  return random.pick<Condition>([
    { all: of },
    { any: of },
    { not: child() },
    { atLeast: 1 + random.below(of.length), of },
  ])
}
