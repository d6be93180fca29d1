import type { Condition, Experience, Ruleset } from '@attune/core'
import { LEAVES, makeLeaf, makeTree } from './make-condition.ts'
import { makeFunnels, makeInterests, makeRfm, makeScores } from './make-tables.ts'
import { WINDOWS } from './make-tests.ts'
import { START } from './make-when.ts'
import type { Random } from './random.ts'

const PURPOSES = [
  undefined,
  undefined,
  undefined,
  'preferences',
  'functional',
  'statistics',
  'marketing',
] as const
const PROPERTIES = { item_id: 'string', category: 'string', price: 'number', sale: 'boolean' } as const

const SINGLES = 9
const TREES = 2

/**
 * Makes a ruleset that the checker must accept.
 * Segments named after a kind (`count-0`) hold that kind alone; those named `tree-…` hold trees.
 */
export function makeRuleset(random: Random, revision: string): Ruleset {
  const purpose = () => {
    const named = random.pick(PURPOSES)
    return named === undefined ? {} : { purpose: named }
  }
  const singles = Array.from({ length: SINGLES }, (_, at) => {
    const kind = random.pick(LEAVES)
    return [`${kind}-${at}`, makeLeaf(random, kind)] as const
  })
  const keys = singles.map(([key]) => key)
  const trees = Array.from({ length: TREES }, (_, at) => [`tree-${at}`, makeTree(random, keys, 3)] as const)
  const segments = [...singles, ...trees].map(([key, when]) => [key, { when }] as const)
  return {
    version: 1,
    revision,
    ...(random.chance(0.5) ? { timezone: random.pick(['Europe/London', 'Asia/Tokyo']) } : {}),
    // Sixty weeks are looked back at.
    retention: { profile: '600d' },
    events: {
      view_item: { ...purpose(), properties: PROPERTIES },
      add_to_cart: { ...purpose(), properties: PROPERTIES },
      purchase: { ...purpose(), properties: PROPERTIES },
      search: { ...purpose(), properties: { category: 'string' } },
    },
    traits: {
      tier: { type: 'string', ...purpose() },
      age: { type: 'number', ...purpose() },
      vip: { type: 'boolean', ...purpose() },
      tags: { type: 'list', ...purpose() },
    },
    interests: makeInterests(random),
    scores: makeScores(random),
    funnels: makeFunnels(random),
    rfm: makeRfm(random),
    segments: Object.fromEntries(segments),
    placements: {
      hero: { baseline: 'default', variants: ['default', 'one', 'two'] },
      rail: { baseline: 'popular', variants: ['near', 'popular'] },
    },
    experiences: makeExperiences(random, [...keys, 'tree-0', 'tree-1']),
    ...(random.chance(0.3) ? { holdout: { share: random.pick([0, 0.05, 0.5, 1]), salt: 'q4' } } : {}),
  }
}

function makeExperiences(random: Random, segments: readonly string[]): readonly Experience[] {
  const left = new Map<string, number>()
  return Array.from({ length: random.below(6) }, (_, at) => {
    const placement = random.pick(['hero', 'rail'])
    const variants = placement === 'hero' ? ['default', 'one', 'two'] : ['near', 'popular']
    const purpose = random.chance(0.25) ? 'functional' : undefined
    const group = purpose === undefined && random.chance(0.3) ? random.pick(['g', 'h']) : undefined
    const room = group === undefined ? 10_000 : (left.get(group) ?? 10_000)
    // What is functional is mostly as it should be: whole, and reading nothing of the visitor.
    const isSound = purpose !== undefined && random.chance(0.7)
    const allocation = isSound
      ? [{ variant: random.pick(variants), share: 1 }]
      : makeShares(random, variants, room)
    const taken = allocation.reduce((sum, { share }) => sum + Math.round(share * 10_000), 0)
    if (group !== undefined) left.set(group, room - taken)
    return {
      key: `x${at}`,
      placement,
      allocation,
      ...(random.chance(0.8) ? { audience: isSound ? contextual(random) : audience(random, segments) } : {}),
      ...(random.chance(0.3) ? { schedule: schedule(random) } : {}),
      ...(purpose === undefined && random.chance(0.4) ? { cap: cap(random) } : {}),
      ...(group === undefined ? {} : { group }),
      ...(purpose === undefined ? {} : { purpose }),
    } as Experience
  })
}

function makeShares(random: Random, variants: readonly string[], room: number): Experience['allocation'] {
  if (room === 10_000 && random.chance(0.4)) return [{ variant: random.pick(variants), share: 1 }]
  let left = room
  return random.some(variants).map((variant) => {
    const buckets = random.chance(0.2) ? left : random.below(left + 1)
    left -= buckets
    return { variant, share: Number((buckets / 10_000).toFixed(4)) }
  })
}

function audience(random: Random, segments: readonly string[]): Condition {
  return random.chance(0.5) ? { segment: random.pick(segments) } : makeTree(random, segments, 2)
}

function contextual(random: Random): Condition {
  const leaf = () => makeLeaf(random, random.pick(['when', 'consent']))
  return random.pick<Condition>([
    leaf(),
    { not: leaf() },
    { any: [leaf(), { attr: 'geo.country', is: 'GB' }] },
  ])
}

function schedule(random: Random): NonNullable<Experience['schedule']> {
  const at = (days: number) => new Date((START + days * 86400) * 1000).toISOString()
  return random.pick([{ from: at(2) }, { until: at(9) }, { from: at(1), until: at(10) }])
}

function cap(random: Random): NonNullable<Experience['cap']> {
  return { exposures: random.chance(0.1) ? 32 : 1 + random.below(3), within: random.pick(WINDOWS) }
}
