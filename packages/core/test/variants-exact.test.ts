import { bucketOf, type Condition, decide, type Experience, emptyProfile, type Ruleset } from '@attune/core'
import { compileDocument, publishRuleset } from '@attune/core/publish'
import { planRoute } from '@attune/core/variants'
import { expect, test } from 'vitest'
import { createRandom, type Random } from './oracle/random.ts'

// Everything these rulesets can ask has few values, so that every kind of visitor can be asked.
const TEXTS = ['a', 'b', 'B']
const RULESETS = Number(process.env.ATTUNE_PLAN_RULESETS ?? 100)
const IDS = Array.from({ length: 3_000 }, (_, at) => `v${at}`)
const CONTEXTS = [undefined, 'a', 'b', 'B', 'd', 7].flatMap((x) =>
  [undefined, -1, 0, 0.5, 1, 1.5, 2, 3].map((n) => ({
    custom: { ...(x === undefined ? {} : { x }), ...(n === undefined ? {} : { n }) },
  })),
)
const CONSENTS = [{}, { preferences: true }, { preferences: true, marketing: true }, { marketing: true }]
const NOWS = [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1), Date.UTC(2027, 0, 1)]

test('where every visitor can be asked, the plan is what occurs, no more and no less', () => {
  let fewer = 0
  for (let seed = 1; seed <= RULESETS; seed++) {
    const ruleset = makeRuleset(createRandom(seed))
    const plan = planRoute(ruleset, '/', { budget: 1000 })
    const planned = plan.combinations.map(({ variants }) => Object.values(variants).join(' '))
    if (plan.count < plan.product) fewer++
    expect([seed, ...planned.toSorted()]).toEqual([seed, ...occurring(ruleset)])
  }
  expect(fewer).toBeGreaterThan(RULESETS / 2)
}, 600_000)

function occurring(ruleset: Ruleset): readonly string[] {
  const compiled = compileDocument(ruleset)
  const placements = ruleset.routes!['/']!
  const profile = emptyProfile(compiled.plan)
  const visitors = visitorsOf(ruleset)
  const seen = new Set<string>()
  for (const context of CONTEXTS) {
    for (const consent of CONSENTS) {
      for (const now of NOWS) {
        for (const visitor of consent.preferences ? [undefined, ...visitors] : [undefined]) {
          const decisions = decide(compiled, { profile, context, consent, now, visitor }, placements)
          seen.add(decisions.map(({ variant }) => variant).join(' '))
        }
      }
    }
  }
  return [...seen].sort()
}

// One visitor for every way in which the shares deal them.
function visitorsOf(ruleset: Ruleset): readonly string[] {
  const { experiences, holdout } = publishRuleset(ruleset)
  const dealt = new Map<string, string>()
  for (const id of IDS) {
    const places = experiences.map(({ axis, start, cuts }) => {
      const bucket = axis === undefined ? 0 : bucketOf(id, axis)
      return bucket < start ? -1 : cuts.findIndex(([, end]) => bucket < end)
    })
    const isHeldOut = holdout !== undefined && bucketOf(id, holdout.axis) < holdout.buckets
    dealt.set([isHeldOut, ...places].join(), id)
  }
  return [...dealt.values()]
}

function makeRuleset(random: Random): Ruleset {
  const segments = Object.fromEntries(
    ['s0', 's1', 's2', 's3'].map((key) => [key, { when: makeCondition(random, 2) }]),
  )
  const left = { g: 10, splits: 2 }
  const experiences = Array.from({ length: 1 + random.below(7) }, (_, at) => makeExperience(random, at, left))
  return {
    version: 1,
    revision: 'r',
    segments,
    placements: Object.fromEntries(
      ['p', 'q', 'r'].map((key) => [key, { baseline: 'base', variants: ['base', 'one', 'two'] }]),
    ),
    experiences,
    routes: { '/': ['p', 'q', 'r'] },
    ...(random.chance(0.3) ? { holdout: { share: 0.1, salt: 'h' } } : {}),
  }
}

function makeExperience(random: Random, at: number, left: { g: number; splits: number }): Experience {
  const isFunctional = random.chance(0.2)
  const tenths = 2 + random.below(4)
  const isGrouped = !isFunctional && random.chance(0.4) && tenths <= left.g
  if (isGrouped) left.g -= tenths
  const isWhole = isFunctional || (!isGrouped && (left.splits === 0 || random.chance(0.5)))
  if (!isWhole && !isGrouped) left.splits--
  const allocation = [{ variant: random.pick(['one', 'two']), share: isWhole ? 1 : tenths / 10 }]
  if (!isWhole && !isGrouped && random.chance(0.5)) allocation.push({ variant: 'base', share: 0.5 })
  return {
    key: `e${at}`,
    placement: random.pick(['p', 'q', 'r']),
    allocation,
    ...(random.chance(0.85) ? { audience: { segment: random.pick(['s0', 's1', 's2', 's3']) } } : {}),
    ...(random.chance(0.3)
      ? { schedule: random.pick([{ from: '2026-06-01T00:00:00Z' }, { until: '2026-06-01T00:00:00Z' }]) }
      : {}),
    ...(isGrouped ? { group: 'g' } : {}),
    ...(isFunctional ? { purpose: 'functional' as const } : {}),
  }
}

function makeCondition(random: Random, depth: number): Condition {
  if (depth === 0 || random.chance(0.4)) return makeLeaf(random)
  const children = Array.from({ length: 1 + random.below(3) }, () => makeCondition(random, depth - 1))
  return random.pick<Condition>([
    { all: children },
    { any: children },
    { not: children[0]! },
    { atLeast: 1 + random.below(children.length), of: children },
  ])
}

function makeLeaf(random: Random): Condition {
  const text = random.pick([
    { is: random.pick(TEXTS) },
    { isNot: random.pick(TEXTS), ignoreCase: true },
    { in: random.some(TEXTS) },
    { notIn: random.some(TEXTS), ignoreCase: random.chance(0.5) },
    { exists: random.chance(0.5) },
  ])
  const number = random.pick([
    { atLeast: random.below(3) },
    { lessThan: 1 + random.below(2) },
    { exactly: random.below(3) },
    { in: [0, 2] },
    { between: [1, 2] as const },
    { exists: true },
  ])
  return random.pick<Condition>([
    { attr: 'custom.x', ...text },
    { attr: 'custom.n', ...number },
    { consent: random.pick(['marketing', 'preferences', 'functional'] as const) },
    { when: random.pick([{ from: '2026-06-01T00:00:00Z' }, { until: '2026-12-01T00:00:00Z' }]) },
  ])
}
