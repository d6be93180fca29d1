// A ruleset of segments that ask what visitors did: ten conditions each, every kind, over forty signals.

/** Gives the same numbers for the same seed, 0 to below 1. */
export function createRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const EVENTS = ['view_item', 'add_to_cart', 'purchase', 'search', 'share', 'video_play']
export const CATEGORIES = ['hiking', 'climbing', 'camping', 'cycling', 'running', 'skiing']
const WINDOWS = ['1h', '24h', '3d', '7d', '30d', '90d']
const COUNTRIES = ['GB', 'IE', 'NO', 'DE', 'FR', 'ES']

const properties = { item_id: 'string', item_category: 'string', value: 'number' }

/** Segments of ten mixed conditions; `signals` comes from the plan and is 40 for any number of segments above some ten. */
export function makeBehaviourRuleset(count, seed = 7) {
  const random = createRandom(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const whole = (from, to) => from + Math.floor(random() * (to - from + 1))
  // What a condition may look at is a closed list, so that signals are shared as in a ruleset that people wrote.
  const kinds = [
    () => ({ attr: 'geo.country', in: [pick(COUNTRIES), 'US'] }),
    () => ({ attr: 'device.type', is: pick(['mobile', 'desktop', 'tablet']) }),
    () => ({ attr: 'trait.tier', isNot: pick(['gold', 'silver']) }),
    () => ({ count: pick(EVENTS), within: pick(WINDOWS), atLeast: whole(1, 6) }),
    () => ({
      count: 'view_item',
      where: { item_category: pick(CATEGORIES) },
      within: pick(WINDOWS),
      atLeast: whole(1, 5),
    }),
    () => ({ count: pick(['view_item', 'search']), within: '30d', atLeast: whole(40, 90) }),
    () => ({
      distinct: 'view_item',
      of: pick(['item_id', 'item_category']),
      within: pick(WINDOWS),
      atLeast: whole(2, 5),
    }),
    () => ({ absent: pick(['purchase', 'share']), within: pick(WINDOWS) }),
    () => ({ since: pick(EVENTS), lessThan: pick(WINDOWS) }),
    () => ({ unfinished: 'add_to_cart', without: 'purchase', for: '1h', within: pick(['7d', '30d']) }),
    () => ({ sum: 'purchase', of: 'value', within: pick(['30d', '90d']), atLeast: whole(1, 20) * 25 }),
    () => ({ avg: 'purchase', of: 'value', atLeast: whole(10, 90) }),
    () => ({ max: 'purchase', of: 'value', within: '90d', lessThan: whole(50, 150) }),
    () => ({ score: 'engagement', atLeast: whole(5, 60) }),
    () => ({ interest: 'category', top: whole(1, 3), is: pick(CATEGORIES) }),
    () => ({ interest: 'category', value: pick(CATEGORIES), atLeast: whole(1, 15) }),
    () => ({
      sequence: [{ event: 'search' }, { event: 'view_item' }, { event: 'add_to_cart' }],
      within: pick(WINDOWS),
    }),
    () => ({ funnel: 'checkout', reached: pick(['look', 'want', 'buy']) }),
    () => ({
      regular: 'view_item',
      period: pick(['day', 'week']),
      atLeast: whole(2, 4),
      ofLast: whole(5, 20),
    }),
    () => ({ touch: pick(['first', 'last']), of: 'utm.source', is: pick(['newsletter', 'ads']) }),
    () => ({ rfm: 'customers', recency: { atLeast: whole(2, 4) }, frequency: { atLeast: whole(1, 3) } }),
    () => ({ sum: 'add_to_cart', of: 'value', within: '30d', atLeast: whole(1, 20) * 20 }),
    () => ({ min: 'purchase', of: 'value', atMost: whole(5, 60) }),
    () => ({
      count: 'add_to_cart',
      where: { value: { atLeast: 50 } },
      within: pick(WINDOWS),
      atLeast: whole(1, 3),
    }),
    () => ({ since: 'search', which: 'first', atLeast: pick(WINDOWS) }),
    () => ({
      sequence: [{ event: 'add_to_cart' }, { event: 'share' }],
      gap: '24h',
      unless: 'purchase',
      within: '30d',
    }),
    () => ({ regular: 'search', period: 'week', atLeast: whole(1, 3), ofLast: whole(4, 10) }),
    () => ({ score: 'thrift', lessThan: whole(2, 30) }),
    () => ({ when: { hours: [whole(0, 11), whole(12, 23)], timezone: 'Europe/London' } }),
  ]
  const leaves = (length) => Array.from({ length }, () => pick(kinds)())
  const segments = Array.from({ length: count }, (_, at) => [
    `s${at}`,
    {
      when: {
        all: [...leaves(2), { any: leaves(3) }, { not: { all: leaves(2) } }, { atLeast: 2, of: leaves(3) }],
      },
    },
  ])
  return {
    version: 1,
    revision: `behaviour-${count}`,
    timezone: 'Europe/London',
    events: Object.fromEntries(EVENTS.map((name) => [name, { properties }])),
    traits: { tier: { type: 'string' } },
    scores: {
      engagement: {
        halfLife: '14d',
        points: [
          { event: 'view_item', points: 1 },
          { event: 'add_to_cart', points: 5 },
          { event: 'purchase', where: { value: { atLeast: 50 } }, points: 10 },
        ],
      },
      thrift: {
        halfLife: '30d',
        points: [
          { event: 'search', points: 1 },
          { event: 'share', points: 2 },
        ],
      },
    },
    interests: {
      category: {
        of: 'item_category',
        halfLife: '14d',
        points: { view_item: 1, add_to_cart: 3, purchase: 5 },
      },
    },
    funnels: {
      checkout: {
        within: '30d',
        steps: [
          { stage: 'look', event: 'view_item' },
          { stage: 'want', event: 'add_to_cart' },
          { stage: 'buy', event: 'purchase' },
        ],
      },
    },
    rfm: {
      customers: {
        event: 'purchase',
        value: 'value',
        within: '90d',
        recency: [7, 30, 60, 80],
        frequency: [2, 3, 5, 10],
        monetary: [50, 100, 250, 1000],
      },
    },
    segments: Object.fromEntries(segments),
    placements: Object.fromEntries(
      Array.from({ length: 5 }, (_, at) => [`p${at}`, { baseline: 'a', variants: ['a', 'b'] }]),
    ),
    experiences: Array.from({ length: 5 }, (_, at) => ({
      key: `x${at}`,
      placement: `p${at}`,
      audience: { segment: `s${(at * Math.max(1, Math.floor(count / 5))) % count}` },
      allocation: [{ variant: 'b', share: 1 }],
    })),
  }
}

/** What a visitor did over 90 days before `now` (milliseconds), in order: 20 to 220 events. */
export function makeBehaviour(seed, now) {
  const random = createRandom(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const length = 20 + Math.floor(random() * 200)
  const favourite = pick(CATEGORIES)
  const times = Array.from({ length }, () => now - Math.floor(random() ** 2 * 90 * 86_400_000)).sort(
    (a, b) => a - b,
  )
  return times.map((time, at) => ({
    id: `e${seed}-${at}`,
    name: random() < 0.5 ? 'view_item' : pick(EVENTS),
    time,
    properties: {
      item_id: `i${Math.floor(random() * 30)}`,
      item_category: random() < 0.5 ? favourite : pick(CATEGORIES),
      value: Math.floor(random() * 15_000) / 100,
    },
    ...(random() < 0.1 ? { context: { utm: { source: pick(['newsletter', 'ads', 'social']) } } } : {}),
  }))
}

/** The request's context of a visitor. */
export function makeContext(seed) {
  const random = createRandom(seed + 1)
  const pick = (list) => list[Math.floor(random() * list.length)]
  return { geo: { country: pick(COUNTRIES) }, device: { type: pick(['mobile', 'desktop']) } }
}
