import type { AttuneEvent, Condition, Ruleset, SignalPlan } from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import type { Random } from '../oracle/random.ts'

/** Whole seconds around which events of chance lie. */
export const START = 1_790_000_000

/** Conditions that need a signal of every kind, some with filters. */
export const CONDITIONS: { readonly [key: string]: Condition } = {
  times: { count: 'view_item', within: '2h', atLeast: 5 },
  first: { since: 'purchase', which: 'first', atLeast: '1h' },
  ids: { unfinished: 'add_to_cart', without: 'purchase', for: '10m', within: '1d' },
  total: { count: 'view_item', atLeast: 40 },
  ring: { count: 'view_item', within: '1h', atLeast: 40 },
  sum: { sum: 'purchase', of: 'value', within: '1h', atLeast: 10 },
  'sum-ever': { sum: 'purchase', of: 'value', atMost: 10 },
  avg: { avg: 'purchase', of: 'value', within: '2h', atLeast: 10 },
  'avg-ever': { avg: 'purchase', of: 'value', where: { category: { in: ['hiking', 'rock'] } }, atLeast: 1 },
  min: { min: 'view_item', of: 'value', within: '1h', lessThan: 1 },
  'min-ever': { min: 'view_item', of: 'value', lessThan: 0 },
  max: { max: 'view_item', of: 'value', within: '3h', moreThan: 100 },
  'max-ever': { max: 'purchase', of: 'value', moreThan: 1000 },
  distinct: { distinct: 'view_item', of: 'category', within: '1h', atLeast: 3 },
  interest: { interest: 'category', top: 1, is: 'hiking' },
  strength: { interest: 'category', value: 'rock', atLeast: 2 },
  score: { score: 'engagement', atLeast: 10 },
  percentile: { score: 'engagement', percentile: { atLeast: 20 } },
  days: { regular: 'view_item', period: 'day', atLeast: 2, ofLast: 3 },
  weeks: { regular: 'view_item', where: { category: 'rock' }, period: 'week', atLeast: 1, ofLast: 2 },
  sequence: {
    sequence: [
      { event: 'view_item', where: { category: 'hiking' } },
      { event: 'view_item' },
      { event: 'add_to_cart' },
    ],
    gap: '30m',
    within: '1d',
    unless: 'purchase',
  },
  funnel: { funnel: 'checkout', reached: 'conversion' },
  stage: { funnel: 'checkout', stage: 'customer' },
  source: { touch: 'first', of: 'utm.source', is: 'search' },
  path: { touch: 'last', of: 'url.path', startsWith: '/a' },
  rfm: { rfm: 'customers', recency: { atLeast: 2 }, frequency: { atLeast: 2 }, monetary: { atLeast: 2 } },
}

/** A sound ruleset with these conditions as segments. */
export function rulesetOf(conditions: { readonly [key: string]: Condition }): Ruleset {
  return {
    version: 1,
    revision: 'r',
    events: {
      view_item: { properties: { category: 'string', value: 'number' } },
      add_to_cart: { properties: { category: 'string', value: 'number' } },
      purchase: { properties: { category: 'string', value: 'number' } },
    },
    interests: {
      category: { of: 'category', halfLife: '1h', points: { view_item: 1, add_to_cart: 2.5, purchase: 0 } },
    },
    scores: {
      engagement: {
        halfLife: '2h',
        points: [
          { event: 'view_item', points: 1 },
          { event: 'view_item', where: { category: 'hiking' }, points: 2.25 },
          { event: 'purchase', points: 10 },
        ],
        percentiles: Array.from({ length: 101 }, (_, at) => Math.floor(at / 2)),
      },
    },
    funnels: {
      checkout: {
        within: '1d',
        steps: [
          { stage: 'consideration', event: 'view_item' },
          { stage: 'conversion', event: 'add_to_cart' },
          { stage: 'customer', event: 'purchase' },
        ],
      },
    },
    rfm: {
      customers: {
        event: 'purchase',
        value: 'value',
        within: '1d',
        recency: [1, 2, 3, 4],
        frequency: [2, 3, 4, 5],
        monetary: [1, 10, 100, 1000],
      },
    },
    segments: Object.fromEntries(Object.entries(conditions).map(([key, when]) => [key, { when }])),
  }
}

export const RULESET: Ruleset = rulesetOf(CONDITIONS)
/** A signal of every kind. */
export const PLAN: SignalPlan = planRuleset(RULESET)

const NAMES = ['view_item', 'view_item', 'view_item', 'add_to_cart', 'purchase', 'other']
const CATEGORIES = ['hiking', 'rock', 'camping', '', '😀', '￿']
const VALUES = [0, 1, -0.5, 9.99995, 1e9, -1e9, 1e9 + 1, '12', true, null, {}, [], undefined, 250]
const SOURCES = ['search', 'newsletter', '']

/** Events of chance, many within one second; `name` tells the ids of several makings apart. */
export function makeEvents(random: Random, count: number, name = 'e'): readonly AttuneEvent[] {
  const scale = random.pick([1, 60, 1_200, 20_000])
  return Array.from({ length: count }, (_, at): AttuneEvent => {
    const seconds = START + random.below(30) * scale + random.pick([-1, 0, 0, 1])
    return {
      id: `${random.pick(['', 'a', 'Z', '～', '😀'])}${name}${at}`,
      name: random.pick(NAMES),
      time: seconds * 1000 + random.pick([0, 0, 999]),
      properties: {
        ...(random.chance(0.8) ? { category: random.pick<unknown>([...CATEGORIES, 7]) } : {}),
        ...(random.chance(0.8) ? { value: random.pick<unknown>(VALUES) } : {}),
      },
      ...(random.chance(0.3)
        ? {
            context: {
              utm: { source: random.pick(SOURCES) },
              url: { path: random.pick(['/a', '/b', '/a/c']) },
            },
          }
        : {}),
    }
  })
}
