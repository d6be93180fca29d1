import {
  type AttuneEvent,
  applyEvents,
  compareEvents,
  emptyProfile,
  type Profile,
  type Ruleset,
  type SignalPlan,
} from '@attune/core'
import { planRuleset } from '@attune/core/publish'

/** An instant that the contract's events lie around, milliseconds. */
export const NOON: number = Date.UTC(2026, 10, 22, 12)
export const DAY = 86_400_000

const RULESET: Ruleset = {
  version: 1,
  revision: 'contract',
  events: {
    view_item: { properties: { item_id: 'string', item_category: 'string' } },
    add_to_cart: { properties: { item_category: 'string', value: 'number' } },
    purchase: {},
  },
  scores: {
    engagement: {
      halfLife: '14d',
      points: [
        { event: 'view_item', points: 1 },
        { event: 'purchase', points: 5 },
      ],
    },
  },
  interests: {
    category: { of: 'item_category', halfLife: '14d', points: { view_item: 1, add_to_cart: 3 } },
  },
  segments: {
    viewer: { when: { count: 'view_item', within: '7d', atLeast: 3 } },
    faithful: { when: { count: 'view_item', atLeast: 100 } },
    browser: { when: { distinct: 'view_item', of: 'item_id', within: '7d', atLeast: 3 } },
    leaver: { when: { unfinished: 'add_to_cart', without: 'purchase', for: '1h', within: '30d' } },
    hiker: { when: { interest: 'category', top: 1, is: 'hiking' } },
    silent: { when: { absent: 'purchase', within: '30d' } },
    busy: { when: { count: 'view_item', within: '1h', atLeast: 50 } },
    collector: { when: { sum: 'add_to_cart', of: 'value', within: '1h', atLeast: 100 } },
    dear: { when: { max: 'add_to_cart', of: 'value', atLeast: 50 } },
    engaged: { when: { score: 'engagement', atLeast: 40 } },
    daily: { when: { regular: 'view_item', period: 'day', atLeast: 2, ofLast: 7 } },
    doubtful: {
      when: {
        sequence: [
          { event: 'view_item', where: { item_category: 'hiking' } },
          { event: 'add_to_cart' },
          { event: 'view_item' },
        ],
        gap: '10m',
        unless: 'purchase',
      },
    },
    reader: { when: { touch: 'first', of: 'utm.source', is: 'newsletter' } },
  },
}

/** A plan with a signal of every kind. */
export const PLAN: SignalPlan = planRuleset(RULESET)

/** A later revision: it asks about purchases of hikers anew and of categories no more. */
export const NEXT_PLAN: SignalPlan = planRuleset({
  ...RULESET,
  interests: {},
  segments: {
    viewer: { when: { count: 'view_item', within: '7d', atLeast: 3 } },
    buyer: {
      when: { since: 'purchase', where: { item_category: 'hiking' }, which: 'first', atLeast: '1d' },
    },
    autumnal: { when: { touch: 'last', of: 'utm.campaign', is: 'autumn' } },
  },
})

/** An event `minute` minutes after noon. */
export function makeEvent(id: string, minute = 0, changes: Partial<AttuneEvent> = {}): AttuneEvent {
  return {
    id,
    name: 'view_item',
    time: NOON + minute * 60_000,
    properties: { item_id: `item-${id}`, item_category: 'hiking' },
    ...changes,
  }
}

/** Events of several kinds, one a minute; some say where the visitor came from. */
export function makeEvents(count: number): readonly AttuneEvent[] {
  const names = ['view_item', 'view_item', 'add_to_cart', 'purchase']
  const categories = ['hiking', 'climbing', 'cycling']
  const sources = ['newsletter', 'search', 'social']
  return Array.from({ length: count }, (_, at) =>
    makeEvent(`e${at}`, at, {
      name: names[at % names.length]!,
      properties: {
        item_id: `item-${at % 7}`,
        item_category: categories[at % categories.length]!,
        value: at % 90,
      },
      ...(at % 5 === 0 ? { context: { utm: { source: sources[at % 3]!, campaign: `week-${at}` } } } : {}),
    }),
  )
}

/** What core folds from events, all at once and in their order. */
export function foldAll(events: readonly AttuneEvent[], plan: SignalPlan = PLAN): Profile {
  return applyEvents(emptyProfile(plan), [...events].sort(compareEvents), plan)
}

/** The same elements in an order that depends on `seed` only. */
export function shuffle<T>(list: readonly T[], seed: number): readonly T[] {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
  return list
    .map((element) => [next(), element] as const)
    .sort(([a], [b]) => a - b)
    .map(([, element]) => element)
}

/** The key of the signal that `NEXT_PLAN` has and `PLAN` has not. */
export const HIKER_PURCHASES = 'times purchase {"item_category":{"is":"hiking"}}'
