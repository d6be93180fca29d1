import {
  type AttuneEvent,
  adoptPlan,
  type Condition,
  compareEvents,
  evaluateSegments,
  mergeHistories,
  type Profile,
  type SegmentAnswer,
} from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { createStore, hear, type Store } from './oracle/fold.ts'
import { rulesetOf, START } from './support/every-kind.ts'

const HOUR = 3_600
const DAY = 24 * HOUR

function makeEvents(name: string, count: number, from: number, step: number): readonly AttuneEvent[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${name}${from + at * step}`,
    name,
    time: (START + from + at * step) * 1000,
    properties: { value: 100 },
  }))
}

function storeOf(before: Condition, events: readonly AttuneEvent[]): Store {
  const { plan } = compileDocument(rulesetOf({ before }))
  const store = createStore(plan)
  hear(store, [...events].sort(compareEvents), plan)
  return store
}

function ask(asked: Condition, profile: Profile, at: number): SegmentAnswer | undefined {
  const now = (START + at) * 1000
  return evaluateSegments(compileDocument(rulesetOf({ asked })), {
    profile,
    context: {},
    consent: { preferences: true },
    now,
  }).asked
}

function adopt(store: Store, asked: Condition): Profile {
  const { plan } = compileDocument(rulesetOf({ asked }))
  return adoptPlan(store.history, plan, () => store.recent).history.profile
}

describe('a mean that a new plan asks for beside a sum that was kept before', () => {
  // A purchase an hour, more than the kept events, for 100 each.
  const bought = makeEvents('purchase', 300, 0, HOUR)
  const end = 299 * HOUR
  const EVER: Condition = { avg: 'purchase', of: 'value', atLeast: 150 }
  const LATELY: Condition = { ...EVER, within: '20d' }
  const sum: Condition = { sum: 'purchase', of: 'value', atLeast: 1 }

  test('is unknown, since nobody counted what was summed', () => {
    const profile = adopt(storeOf(sum, bought), EVER)
    expect(ask(EVER, profile, end)).toEqual({ match: null, until: null })
    expect(ask({ not: EVER }, profile, end)).toEqual({ match: null, until: null })
  })

  test('is known in a window as soon as nothing uncounted is left in it', () => {
    const profile = adopt(storeOf({ ...sum, within: '20d' }, bought), LATELY)
    const answer = ask(LATELY, profile, end)
    expect(answer?.match).toBeNull()
    const known = Number(answer?.until) / 1000 - START
    expect(known).toBeLessThan(end + 20 * DAY)
    expect(ask(LATELY, profile, known - 1)?.match).toBeNull()
    expect(ask(LATELY, profile, known)?.match).toBe(false)
  })

  test('is unknown of a profile that was folded for the old plan', () => {
    expect(ask(EVER, storeOf(sum, bought).history.profile, end)?.match).toBeNull()
    const { profile } = storeOf({ ...sum, within: '20d' }, bought).history
    expect(ask(LATELY, profile, end)?.match).toBeNull()
  })

  test('is unknown after merging with somebody whose sum is as young as their count', () => {
    const before: Condition = { ...sum, within: '20d' }
    const { plan } = compileDocument(rulesetOf({ asked: LATELY }))
    const one = storeOf(before, bought)
    const other = storeOf({ count: 'view_item', atLeast: 1 }, makeEvents('view_item', 300, HOUR / 2, HOUR))
    const { history } = mergeHistories(
      one.history,
      other.history,
      plan,
      () => one.recent,
      () => other.recent,
    )
    expect(ask(LATELY, history.profile, end)?.match).toBeNull()
  })
})

describe('an unfinished whose beginning was kept before a new plan listened to what finishes it', () => {
  const UNFINISHED: Condition = { unfinished: 'add_to_cart', without: 'purchase', for: '1h', within: '30d' }
  const before: Condition = { count: 'add_to_cart', atLeast: 1 }
  const views = makeEvents('view_item', 300, 2 * DAY, HOUR)
  const end = 2 * DAY + 299 * HOUR

  test('is unknown, since it may have been finished unheard, until it is over', () => {
    const events = [...makeEvents('add_to_cart', 1, 0, 0), ...makeEvents('purchase', 1, DAY, 0), ...views]
    const answer = { match: null, until: (START + 30 * DAY) * 1000 }
    const profile = adopt(storeOf(before, events), UNFINISHED)
    expect(ask(UNFINISHED, profile, end)).toEqual(answer)
    expect(ask({ not: UNFINISHED }, profile, end)).toEqual(answer)
  })

  test('is unknown of a profile that was folded for the old plan', () => {
    const { profile } = storeOf(before, [...makeEvents('add_to_cart', 1, 0, 0), ...views]).history
    expect(ask(UNFINISHED, profile, end)?.match).toBeNull()
  })

  test('is false where it was finished while that was heard', () => {
    const events = [...makeEvents('add_to_cart', 1, 0, 0), ...views, ...makeEvents('purchase', 1, end, 0)]
    expect(ask(UNFINISHED, adopt(storeOf(before, events), UNFINISHED), end)?.match).toBe(false)
  })

  test('is true where it was begun while that was heard', () => {
    const events = [...views, ...makeEvents('add_to_cart', 1, end - DAY, 0)]
    expect(ask(UNFINISHED, adopt(storeOf(before, events), UNFINISHED), end)?.match).toBe(true)
  })
})

test('an id that was not kept stays unknown when an older event comes late', () => {
  const UNFINISHED: Condition = { unfinished: 'add_to_cart', without: 'purchase', for: '1h', within: '30d' }
  const { plan } = compileDocument(rulesetOf({ asked: UNFINISHED }))
  const either: Condition = {
    any: [
      { count: 'add_to_cart', atLeast: 1 },
      { count: 'purchase', atLeast: 1 },
    ],
  }
  const views = makeEvents('view_item', 300, 2 * DAY, HOUR)
  const store = storeOf(either, [
    ...makeEvents('add_to_cart', 1, DAY, 0),
    ...makeEvents('purchase', 1, DAY, 0),
    ...views,
  ])
  hear(store, makeEvents('purchase', 1, 0, 0), plan)
  hear(store, makeEvents('add_to_cart', 1, 0, 0), plan)
  expect(ask(UNFINISHED, store.history.profile, 2 * DAY + 299 * HOUR)?.match).toBeNull()
})

test('nothing is absent from a profile that was folded for a plan without it', () => {
  const { profile } = storeOf({ count: 'view_item', atLeast: 1 }, makeEvents('view_item', 1, 0, 0)).history
  const absent: Condition = { absent: 'purchase', within: '1d' }
  expect(ask(absent, profile, 30 * DAY)).toEqual({ match: null, until: null })
  expect(ask({ not: absent }, profile, 30 * DAY)).toEqual({ match: null, until: null })
})
