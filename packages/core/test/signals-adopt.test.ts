import {
  type AttuneEvent,
  adoptPlan,
  applyEvents,
  type Condition,
  compareEvents,
  emptyProfile,
  evaluateSegments,
  type History,
  type SignalState,
} from '@attune/core'
import { compileDocument, planRuleset } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { createStore, hear, type Store } from './oracle/fold.ts'
import { createRandom } from './oracle/random.ts'
import { CONDITIONS, makeEvents, PLAN, rulesetOf, START } from './support/every-kind.ts'

const HOUR = 3_600
const HEARD = 400

function planOf(...conditions: readonly Condition[]) {
  return planRuleset(rulesetOf(Object.fromEntries(conditions.map((when, at) => [`s${at}`, when]))))
}

const LAST: Condition = { since: 'purchase', atLeast: '1h' }
const FIRST: Condition = { since: 'purchase', which: 'first', atLeast: '1h' }
const THREE: Condition = { count: 'purchase', atLeast: 3 }
const TWENTY: Condition = { count: 'purchase', atLeast: 20 }
const BEGUN: Condition = { unfinished: 'purchase', without: 'view_item', for: '1h', within: '2h' }

/** 400 views, one an hour, and purchases at some hours: far more than the recent events. */
function storeOf(plan: Store['history']['plan'], bought: readonly number[]): Store {
  const views = Array.from({ length: HEARD }, (_, at) => makeEvent('view_item', at))
  const store = createStore(plan)
  hear(store, [...views, ...bought.map((at) => makeEvent('purchase', at))].sort(compareEvents), plan)
  expect(store.history.base).not.toBeNull()
  return store
}

function makeEvent(name: string, hour: number): AttuneEvent {
  return { id: `${name}${hour}`, name, time: secondsAt(hour) * 1000, properties: {} }
}

function secondsAt(hour: number): number {
  return START + hour * HOUR
}

function adopted(store: Store, ...conditions: readonly Condition[]): History {
  return adoptPlan(store.history, planOf(...conditions), () => store.recent).history
}

function purchasesAfter(
  before: Condition,
  bought: readonly number[],
  after: Condition,
): SignalState | undefined {
  return adopted(storeOf(planOf(before), bought), after).profile.signals['times purchase']
}

describe('a new plan that asks for the first time of something already kept', () => {
  test('knows it where fewer times happened than were kept', () => {
    expect(purchasesAfter(THREE, [5, 6], FIRST)).toEqual({ times: [secondsAt(6)], first: secondsAt(5) })
  })

  test('says since when it knows where older times may have been let go', () => {
    const times = [secondsAt(8)]
    expect(purchasesAfter(LAST, [5, 8], FIRST)).toEqual({
      times,
      first: secondsAt(8),
      since: secondsAt(8),
    })
  })

  test('knows it where it never happened', () => {
    expect(purchasesAfter(LAST, [], FIRST)).toEqual({ times: [] })
  })

  test('knows it where it happened only lately', () => {
    expect(purchasesAfter(LAST, [HEARD - 2, HEARD - 1], FIRST)).toEqual({
      times: [secondsAt(HEARD - 1)],
      first: secondsAt(HEARD - 2),
    })
  })

  test('goes on with it where it was kept already', () => {
    expect(purchasesAfter(FIRST, [5, 8], FIRST)).toEqual({ times: [secondsAt(8)], first: secondsAt(5) })
  })
})

describe('a new plan that asks for more times', () => {
  test('has them all where fewer happened than were kept', () => {
    expect(purchasesAfter(THREE, [5, 6, 7], TWENTY)).toEqual({ times: [7, 6, 5].map(secondsAt) })
  })

  test('says since when it knows where older times may have been let go', () => {
    expect(purchasesAfter(THREE, [2, 3, 5, 6, 7], TWENTY)).toEqual({
      times: [7, 6, 5, 3].map(secondsAt),
      since: secondsAt(3),
    })
  })

  test('adds those among the kept events', () => {
    expect(purchasesAfter(LAST, [5, 6, HEARD - 1], TWENTY)).toEqual({
      times: [HEARD - 1, 6].map(secondsAt),
      since: secondsAt(6),
    })
  })
})

test('a new plan that asks for less lets the rest go', () => {
  expect(purchasesAfter(TWENTY, [5, 6, 7], LAST)).toEqual({ times: [secondsAt(7)] })
  expect(purchasesAfter(FIRST, [5, 6, 7], LAST)).toEqual({ times: [secondsAt(7)] })
  expect(purchasesAfter(BEGUN, [5, 6, 7], LAST)).toEqual({ times: [secondsAt(7)] })
})

test('absent answers the same before and after a plan asks for more', () => {
  const absent: Condition = { absent: 'purchase', within: '30d' }
  const wide = compileDocument(rulesetOf({ s: absent, first: FIRST, twenty: TWENTY }))
  const narrow = compileDocument(rulesetOf({ s: absent }))
  for (const bought of [[], [5], [5, 6], [5, HEARD - 1]]) {
    const store = storeOf(narrow.plan, bought)
    const { profile } = adoptPlan(store.history, wide.plan, () => store.recent).history
    for (let hour = HEARD; hour < HEARD + 60 * 24; hour += 7) {
      const question = { context: {}, consent: { preferences: true }, now: secondsAt(hour) * 1000 }
      expect(evaluateSegments(wide, { ...question, profile }, ['s'])).toEqual(
        evaluateSegments(narrow, { ...question, profile: store.history.profile }, ['s']),
      )
    }
  }
})

test('a signal of any kind that is new is filled from the last 128 events and watched since the oldest', () => {
  const narrow = planOf({ count: 'other', atLeast: 1 })
  for (let seed = 1; seed <= 20; seed++) {
    const sorted = [...makeEvents(createRandom(seed), 500)].sort(compareEvents)
    const store = createStore(narrow)
    for (let at = 0; at < sorted.length; at += 50) hear(store, sorted.slice(at, at + 50), narrow)
    const { profile } = adoptPlan(store.history, PLAN, () => store.recent).history
    const kept = sorted.slice(-128)
    const filled = applyEvents(emptyProfile(PLAN), kept, PLAN).signals
    const since = Math.floor(kept[0]!.time / 1000)
    for (const key of PLAN.keys) expect(profile.signals[key], key).toEqual({ ...filled[key], since })
  }
})

test('what no condition needs any more is forgotten', () => {
  const store = createStore(PLAN)
  hear(store, makeEvents(createRandom(1), 300), PLAN)
  const { profile } = adopted(store, CONDITIONS.source!)
  expect(Object.keys(profile.signals)).toEqual(['touch utm.source'])
})
