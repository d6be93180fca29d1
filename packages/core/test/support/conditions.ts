import type { Condition, Ruleset } from '../../src/index.ts'

const TABLE = Array.from({ length: 101 }, (_, at) => at / 4)

/** A ruleset that declares something of everything, with one segment that `when` decides. */
export function makeWholeRuleset(when: unknown): Ruleset {
  const ruleset: Ruleset = {
    $schema: './ruleset.schema.json',
    version: 1,
    revision: 'r1',
    timezone: 'Europe/London',
    retention: { events: '90d', profile: '400d' },
    events: {
      view_item: {
        purpose: 'preferences',
        properties: { item_id: 'string', item_category: 'string', price: 'number', gift: 'boolean' },
      },
      add_to_cart: {},
      purchase: { properties: { value: 'number' } },
    },
    traits: { newsletter: { type: 'boolean' }, topics: { type: 'list', purpose: 'marketing' } },
    scores: {
      engagement: {
        halfLife: '14d',
        points: [{ event: 'view_item', where: { price: { atLeast: 50 } }, points: 1.25 }],
        percentiles: TABLE,
      },
    },
    interests: { category: { of: 'item_category', halfLife: '14d', points: { view_item: 1 } } },
    funnels: {
      checkout: {
        within: '30d',
        steps: [
          { stage: 'look', event: 'view_item', where: { item_category: 'hiking' } },
          { stage: 'buy', event: 'purchase' },
        ],
      },
    },
    rfm: {
      customers: {
        event: 'purchase',
        value: 'value',
        within: '365d',
        recency: [7, 30, 90, 180],
        frequency: [2, 3, 5, 10],
        monetary: [50, 100.5, 250, 1000],
      },
    },
    segments: { other: { when: { consent: 'marketing' } } },
    placements: { hero: { baseline: 'a', variants: ['a', 'b'] } },
    experiences: [
      {
        key: 'x',
        placement: 'hero',
        audience: { segment: 'asked' },
        allocation: [{ variant: 'b', share: 0.5 }],
        schedule: { from: '2026-11-01T00:00:00Z', until: '2027-01-01T00:00:00+01:00' },
        cap: { exposures: 3, within: '1d' },
        group: 'g',
        purpose: 'preferences',
      },
    ],
    routes: { '/': ['hero'], '/product/[slug]': [] },
    holdout: { share: 0.05, salt: 's' },
    budget: 4,
  }
  // Tests of mistakes hand in what is no condition.
  const asked = { label: 'Asked', when: when as Condition }
  return { ...ruleset, segments: { ...ruleset.segments, asked } }
}

/** Sound conditions: every kind, every shape of a kind, every comparator and operator. */
export const SOUND: readonly Condition[] = [
  { all: [{ count: 'view_item', within: '7d', atLeast: 3 }, { not: { count: 'purchase', exactly: 0 } }] },
  {
    any: [
      { attr: 'geo.country', in: ['GB', 'IE'] },
      { attr: 'trait.newsletter', is: true },
    ],
  },
  { atLeast: 1, of: [{ consent: 'marketing' }, { segment: 'other' }] },
  { attr: 'geo.country', isNot: 'DE', ignoreCase: true },
  { attr: 'session.pageViews', notIn: [1, 2] },
  { attr: 'session.seconds', between: [0.5, 90] },
  { attr: 'url.path', startsWith: '/product/' },
  { attr: 'url.path', endsWith: '/' },
  { attr: 'query.q', contains: 'boots' },
  { attr: 'trait.topics', hasAny: ['hiking', 'cycling'] },
  { attr: 'trait.topics', hasAll: ['hiking'] },
  { attr: 'custom.plan', exists: false },
  { attr: 'device.os', versionAtLeast: '17.2' },
  { attr: 'device.os', versionAtMost: '18' },
  { count: 'exposure', where: { variant: 'b' }, moreThan: 2 },
  { count: 'view_item', where: { item_id: { in: ['a'] }, gift: true, price: { lessThan: 9.99 } }, atMost: 5 },
  { sum: 'purchase', of: 'value', within: '90d', atLeast: 100 },
  { avg: 'purchase', of: 'value', lessThan: 12.5 },
  { min: 'view_item', of: 'price', where: { gift: false }, moreThan: 1 },
  { max: 'view_item', of: 'price', within: '4w', between: [1, 2] },
  { distinct: 'view_item', of: 'item_id', within: '7d', between: [1, 3] },
  { absent: 'purchase', where: { value: { atLeast: 10 } }, within: '30d' },
  { since: 'purchase', which: 'first', moreThan: '30d' },
  { since: 'view_item', where: { item_id: 'a' }, between: ['30m', '24h'] },
  { unfinished: 'view_item', where: { item_id: 'a' }, without: 'purchase', for: '1h', within: '2d' },
  { touch: 'first', of: 'utm.source', is: 'newsletter' },
  {
    sequence: [{ event: 'view_item', where: { item_id: 'a' } }, { event: 'add_to_cart' }],
    gap: '1h',
    within: '7d',
    unless: 'purchase',
  },
  { funnel: 'checkout', reached: 'buy' },
  { funnel: 'checkout', stage: 'look' },
  { regular: 'view_item', where: { gift: true }, period: 'day', atLeast: 3, ofLast: 7 },
  { score: 'engagement', atLeast: 40 },
  { score: 'engagement', percentile: { atLeast: 75 } },
  { interest: 'category', top: 1, is: 'hiking' },
  { interest: 'category', value: 'hiking', atLeast: 2.5 },
  { rfm: 'customers', recency: { atLeast: 4 }, frequency: { exactly: 3 }, monetary: { between: [2, 5] } },
  {
    when: {
      from: '2026-12-01T00:00:00Z',
      until: '2027-01-01T00:00:00Z',
      hours: [22, 6],
      weekdays: ['sat', 'sun'],
      timezone: 'visitor',
    },
  },
  { consent: 'marketing' },
]
