import { type AttuneEvent, applyEvents, compareEvents, emptyProfile } from '@attune/core'
import { expect, test } from 'vitest'
import { createStore, hear } from './oracle/fold.ts'
import { createRandom, type Random } from './oracle/random.ts'
import { makeEvents, PLAN } from './support/every-kind.ts'

const SLOW = { timeout: 60_000 }

/** Hears events in batches of chance, some twice, and gives the profile as text. */
function hearAll(random: Random, events: readonly AttuneEvent[]): string {
  const store = createStore(PLAN)
  for (let at = 0; at < events.length; ) {
    const size = 1 + random.below(20)
    const again = random.chance(0.3) ? [random.pick(events.slice(0, at + size))] : []
    hear(store, [...events.slice(at, at + size), ...again], PLAN)
    at += size
  }
  return JSON.stringify(store.history.profile)
}

function inOrder(events: readonly AttuneEvent[]): readonly AttuneEvent[] {
  return [...events].sort(compareEvents)
}

test('the plan has a signal of every kind', () => {
  const kinds = new Set(PLAN.signals.map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual([
    'chain',
    'distinct',
    'interest',
    'periods',
    'ring',
    'score',
    'times',
    'total',
    'touch',
  ])
})

test('128 events in any order, in any batches, some twice, give the same bytes', SLOW, () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = createRandom(seed)
    const events = makeEvents(random, random.below(129))
    const wanted = JSON.stringify(applyEvents(emptyProfile(PLAN), inOrder(events), PLAN))
    for (const order of [random.shuffle(events), [...events].reverse()])
      expect(hearAll(random, order), `seed ${seed}`).toBe(wanted)
  }
})

test('600 events that come at most 100 places late give the same bytes', SLOW, () => {
  for (let seed = 1; seed <= 15; seed++) {
    const random = createRandom(seed)
    const sorted = inOrder(makeEvents(random, 600))
    const jumbled = Array.from({ length: 6 }, (_, at) =>
      random.shuffle(sorted.slice(at * 100, at * 100 + 100)),
    )
    const wanted = JSON.stringify(applyEvents(emptyProfile(PLAN), sorted, PLAN))
    expect(hearAll(random, jumbled.flat()), `seed ${seed}`).toBe(wanted)
  }
})

test('the size of a batch makes no difference', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const events = inOrder(makeEvents(createRandom(seed), 200))
    const whole = applyEvents(emptyProfile(PLAN), events, PLAN)
    const oneByOne = events.reduce(
      (profile, event) => applyEvents(profile, [event], PLAN),
      emptyProfile(PLAN),
    )
    expect(JSON.stringify(oneByOne), `seed ${seed}`).toBe(JSON.stringify(whole))
  }
})

test('folding writes to nothing that it was given', () => {
  const random = createRandom(3)
  const events = inOrder(makeEvents(random, 100))
  let profile = emptyProfile(PLAN)
  for (const event of events) {
    const before = deepFreeze(profile)
    profile = applyEvents(before, [deepFreeze(event)], PLAN)
  }
  expect(profile).toEqual(applyEvents(emptyProfile(PLAN), events, PLAN))
})

test('an event that no signal hears changes first sight and the newest event alone', () => {
  const event = { id: 'a', name: 'other', time: 1_000, properties: {} }
  const empty = emptyProfile(PLAN)
  const profile = applyEvents(empty, [event], PLAN)
  expect(profile).toEqual({ ...empty, firstSeen: 1, last: { seconds: 1, id: 'a' } })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) deepFreeze(member)
  }
  return value
}
