// Visitors of a shop and a ruleset that needs 40 signals of every kind, the same in each run.

/** Each condition needs the signals named beside it, as far as none before needs them too. */
const CONDITIONS = {
  viewed: { count: 'view_item', within: '7d', atLeast: 3 }, // times
  hiker: { count: 'view_item', where: { item_category: 'hiking' }, within: '14d', atLeast: 5 }, // times
  'left-cart': { unfinished: 'add_to_cart', without: 'purchase', for: '24h', within: '30d' }, // times ×2
  'bought-hiking': { since: 'purchase', where: { item_category: 'hiking' }, which: 'first', atLeast: '30d' }, // times
  searched: { count: 'search', within: '1h', atLeast: 2 }, // times
  'at-checkout': { count: 'begin_checkout', within: '24h', atLeast: 1 }, // times
  'signed-up': { since: 'sign_up', atMost: '7d' }, // times
  visits: { count: 'page_view', within: '30m', atLeast: 10 }, // times
  shared: { absent: 'share', within: '90d' }, // times
  removed: { count: 'remove_from_cart', within: '1d', atLeast: 1 }, // times
  shown: { count: 'exposure', where: { experience: 'hero' }, within: '1d', atLeast: 3 }, // times
  'old-friend': { count: 'page_view', atLeast: 500 }, // total
  'views-ever': { count: 'view_item', atLeast: 200 }, // total
  busy: { count: 'page_view', within: '30d', atLeast: 60 }, // ring
  'busy-views': { count: 'view_item', where: { price: { atLeast: 50 } }, within: '30d', atLeast: 40 }, // ring
  spender: { sum: 'purchase', of: 'value', within: '90d', atLeast: 250 }, // ring
  mean: { avg: 'purchase', of: 'value', within: '90d', atLeast: 50 }, // ring
  carts: { sum: 'add_to_cart', of: 'value', within: '7d', atLeast: 100 }, // ring
  cheapest: { min: 'view_item', of: 'price', within: '30d', lessThan: 20 }, // ring
  dearest: { max: 'purchase', of: 'value', atLeast: 400 }, // total
  lifetime: { sum: 'purchase', of: 'value', atLeast: 1000 }, // total
  items: { distinct: 'view_item', of: 'item_id', within: '7d', atLeast: 5 }, // distinct
  categories: { distinct: 'view_item', of: 'item_category', within: '30d', atLeast: 3 }, // distinct
  terms: { distinct: 'search', of: 'search_term', within: '7d', atLeast: 3 }, // distinct
  'into-hiking': { interest: 'category', top: 1, is: 'hiking' }, // interest
  'into-brand': { interest: 'brand', value: 'brand-3', atLeast: 5 }, // interest
  engaged: { score: 'engagement', atLeast: 40 }, // score
  intent: { score: 'intent', atLeast: 20 }, // score
  daily: { regular: 'page_view', period: 'day', atLeast: 3, ofLast: 7 }, // periods
  weekly: { regular: 'page_view', period: 'week', atLeast: 3, ofLast: 8 }, // periods
  buyer: { regular: 'purchase', period: 'week', atLeast: 2, ofLast: 12 }, // periods
  converting: { funnel: 'checkout', reached: 'conversion' }, // chain
  sequence: {
    sequence: [{ event: 'view_item', where: { item_category: 'hiking' } }, { event: 'add_to_cart' }],
    gap: '1h',
    within: '7d',
    unless: 'purchase',
  }, // chain
  finder: {
    sequence: [{ event: 'search' }, { event: 'view_item' }, { event: 'add_to_cart' }],
    within: '30d',
  }, // chain
  source: { touch: 'first', of: 'utm.source', is: 'newsletter' }, // touch
  campaign: { touch: 'last', of: 'utm.campaign', is: 'autumn' }, // touch
  referrer: { touch: 'last', of: 'referrer.host', endsWith: 'example.com' }, // touch
  best: { rfm: 'customers', recency: { atLeast: 4 }, frequency: { atLeast: 3 }, monetary: { atLeast: 3 } }, // ring ×2
}

const properties = (...names) => Object.fromEntries(names.map((name) => [name, 'string']))

export const RULESET = {
  version: 1,
  revision: 'folding',
  events: {
    page_view: {},
    view_item: { properties: { ...properties('item_id', 'item_category', 'item_brand'), price: 'number' } },
    add_to_cart: { properties: { ...properties('item_category', 'item_brand'), value: 'number' } },
    remove_from_cart: {},
    begin_checkout: {},
    purchase: { properties: { ...properties('item_category', 'item_brand'), value: 'number' } },
    search: { properties: properties('search_term') },
    sign_up: {},
    share: {},
  },
  interests: {
    category: {
      of: 'item_category',
      halfLife: '14d',
      points: { view_item: 1, add_to_cart: 3, purchase: 5 },
    },
    brand: { of: 'item_brand', halfLife: '30d', points: { view_item: 1, purchase: 10 } },
  },
  scores: {
    engagement: {
      halfLife: '14d',
      points: [
        { event: 'page_view', points: 0.5 },
        { event: 'view_item', points: 1 },
        { event: 'share', points: 5 },
      ],
    },
    intent: {
      halfLife: '2d',
      points: [
        { event: 'view_item', where: { price: { atLeast: 100 } }, points: 2 },
        { event: 'add_to_cart', points: 5 },
        { event: 'begin_checkout', points: 10 },
      ],
    },
  },
  funnels: {
    checkout: {
      within: '30d',
      steps: [
        { stage: 'consideration', event: 'view_item' },
        { stage: 'conversion', event: 'begin_checkout' },
        { stage: 'customer', event: 'purchase' },
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
      monetary: [50, 100, 250, 1000],
    },
  },
  segments: Object.fromEntries(Object.entries(CONDITIONS).map(([key, when]) => [key, { when }])),
}

// What a shop's visitors do, of 100 events.
const SHARES = [
  ['page_view', 42],
  ['view_item', 30],
  ['search', 8],
  ['add_to_cart', 6],
  ['exposure', 5],
  ['begin_checkout', 3],
  ['purchase', 2],
  ['remove_from_cart', 2],
  ['sign_up', 1],
  ['share', 1],
]
const NAMES = SHARES.flatMap(([name, share]) => Array.from({ length: share }, () => name))
const CATEGORIES = ['hiking', 'climbing', 'camping', 'cycling', 'running', 'skiing']

/** The events of so many visitors, each in order: sessions of about ten events over some months. */
export function makeHistories(visitors, length) {
  return Array.from({ length: visitors }, (_, visitor) => makeHistory(visitor, length))
}

function makeHistory(visitor, length) {
  const random = createRandom(visitor + 1)
  const pick = (list) => list[Math.floor(random() * list.length)]
  let time = Date.UTC(2026, 5, 1) + Math.floor(random() * 86_400_000)
  return Array.from({ length }, (_, at) => {
    const isFirst = at % 10 === 0
    time += isFirst ? Math.floor(random() * 4 * 86_400_000) : 2_000 + Math.floor(random() * 60_000)
    const name = isFirst ? 'page_view' : pick(NAMES)
    const event = {
      id: `${time.toString(36)}${at}`,
      name,
      time,
      properties: propertiesOf(name, random, pick),
    }
    return isFirst && random() < 0.5 ? { ...event, context: contextOf(pick) } : event
  })
}

function propertiesOf(name, random, pick) {
  const item = Math.floor(random() * 200)
  const value = Math.round(500 + random() * 40_000) / 100
  const kind = { item_category: CATEGORIES[item % 6], item_brand: `brand-${item % 17}` }
  if (name === 'view_item') return { item_id: `item-${item}`, ...kind, price: value }
  if (name === 'add_to_cart' || name === 'purchase') return { ...kind, value }
  if (name === 'search') return { search_term: pick(['tent', 'boots', 'rope', 'map', 'stove', 'bag']) }
  if (name === 'exposure') return { placement: 'home-hero', experience: pick(['hero', 'rail']), variant: 'a' }
  return {}
}

function contextOf(pick) {
  return {
    utm: { source: pick(['newsletter', 'search', 'social']), campaign: pick(['autumn', 'winter']) },
    referrer: { host: pick(['news.example.com', 'search.example', 'social.example']) },
    url: { path: '/' },
  }
}

function createRandom(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
