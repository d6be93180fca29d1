import { type AttuneEvent, adoptPlan, IDENTIFY, mergeHistories, type Profile } from '@attune/core'
import { expect, test } from 'vitest'
import { packProfile } from '../src/profile/pack-profile.ts'
import { createStore, hear, type Store } from './oracle/fold.ts'
import { PLAN, START } from './support/every-kind.ts'

function tell(id: string, at: number, properties: AttuneEvent['properties'], weight?: number): AttuneEvent {
  const weights = weight === undefined ? {} : { $weights: { tier: weight } }
  return { id, name: IDENTIFY, time: (START + at) * 1000 + 900, properties: { ...properties, ...weights } }
}

const storeOf = (...events: readonly AttuneEvent[]): Store => {
  const store = createStore(PLAN)
  hear(store, events, PLAN)
  return store
}
const given = (store: Store, traits: Profile['traits']): Store => {
  store.history = { ...store.history, profile: { ...store.history.profile, traits } }
  return store
}

test('a profile holds what stands, and which event told it', () => {
  const { profile } = storeOf(
    tell('a', 1, { tier: 'gold', newsletter: true }),
    tell('b', 2, { tier: 'silver', size: null }, 2),
  ).history
  expect(profile.traits).toEqual({ newsletter: true, tier: 'silver' })
  expect(profile.told).toEqual({
    newsletter: { seconds: START + 1, id: 'a' },
    size: { seconds: START + 2, id: 'b' },
    tier: { seconds: START + 2, id: 'b', weight: 2 },
  })
})

test('who was told nothing has no record of it, and neither has the token', () => {
  const nobody = storeOf({ id: 'a', name: 'view_item', time: START * 1000, properties: { tier: 'gold' } })
  expect(nobody.history.profile).not.toHaveProperty('told')
  expect(storeOf(tell('a', 0, { tier: { of: 'x' } })).history.profile).not.toHaveProperty('told')
  const { profile } = storeOf(tell('secret-id', 0, { tier: 'gold' })).history
  expect(JSON.stringify(packProfile(profile, PLAN, START))).not.toContain('secret-id')
})

test('a trait that no event told stays through folding, settling and a new plan, until one tells it', () => {
  const store = given(createStore(PLAN), { tier: 'given', old: true })
  hear(store, [tell('a', 1, { newsletter: true })], PLAN)
  for (let at = 0; at < 3; at++) {
    const events = Array.from({ length: 150 }, (_, n) => tell(`${at}-${n}`, 10 + n, { size: `${at} ${n}` }))
    hear(store, events, PLAN)
  }
  hear(store, [tell('late', 0, { newsletter: false })], PLAN)
  const traits = { newsletter: true, old: true, size: '2 149', tier: 'given' }
  expect(store.history.profile.traits).toEqual(traits)
  const adopted = adoptPlan(store.history, { id: 'other', keys: [], signals: [] }, () => store.recent)
  expect(adopted.history.profile.traits).toEqual(traits)
  hear(store, [tell('b', 400, { tier: null, old: 'told' })], PLAN)
  expect(store.history.profile.traits).toEqual({ newsletter: true, old: 'told', size: '2 149' })
})

test('one event in two versions, settled in both, is told apart by what it says, whichever is given first', () => {
  const long = (name: string, tier: string) => {
    const events = Array.from({ length: 300 }, (_, n) => tell(`${name}${n}`, 10 + n, { [name]: n }))
    return storeOf(tell('same', 1, { tier }), ...events)
  }
  const [a, b] = [long('a', 'gold'), long('b', 'silver')]
  const merge = (one: Store, other: Store): Profile =>
    mergeHistories(
      one.history,
      other.history,
      PLAN,
      () => one.recent,
      () => other.recent,
    ).history.profile
  expect(merge(a, b).traits).toEqual({ a: 299, b: 299, tier: 'silver' })
  expect(JSON.stringify(merge(a, b))).toBe(JSON.stringify(merge(b, a)))
})
