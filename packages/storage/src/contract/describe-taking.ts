import { IDENTIFY } from '@attune/core'
import { expect, test } from 'vitest'
import { type AskedStore, sorted } from './asked-store.ts'
import {
  foldAll,
  HIKER_PURCHASES,
  makeEvent,
  makeEvents,
  NEXT_PLAN,
  NOON,
  PLAN,
  shuffle,
} from './builders.ts'

/** What a store takes of the events it is given, and what profile it makes of them. */
export function describeTaking(asked: AskedStore): void {
  const { add, addAll } = asked

  test('a visitor nobody has heard of has no profile', async () => {
    expect(await asked.store.load('nobody', PLAN)).toBeNull()
  })

  test('a profile is what core folds from the events', async () => {
    const events = makeEvents(40)
    const first = await add(events.slice(0, 15))
    const second = await add(events.slice(15))
    expect(first.before).toBeNull()
    expect(second.before).toEqual(first.profile)
    expect(second.profile).toEqual(foldAll(events))
    expect(await asked.store.load('v', PLAN)).toEqual(second.profile)
  })

  test('an id that stands twice in a batch is taken once', async () => {
    const event = makeEvent('a')
    const result = await add([event, makeEvent('b', 1), event])
    expect(sorted(result)).toEqual({ accepted: ['a', 'b'], duplicates: ['a'], conflicts: [] })
    expect(result.profile).toEqual(foldAll([event, makeEvent('b', 1)]))
  })

  test('an id known from an earlier batch is taken no more, even at a corrected time or in another key order', async () => {
    await add([makeEvent('a', 0, { properties: { item_id: 'x', item_category: 'y' } })])
    const again = makeEvent('a', 5, { properties: { item_category: 'y', item_id: 'x' } })
    const result = await add([again, makeEvent('b', 6)])
    expect(sorted(result)).toEqual({ accepted: ['b'], duplicates: ['a'], conflicts: [] })
    expect(result.profile.last).toEqual({ seconds: (NOON + 6 * 60_000) / 1000, id: 'b' })
  })

  test('a known id with other content is a conflict, and the first stays', async () => {
    const { profile } = await add([makeEvent('a')])
    const otherName = await add([makeEvent('a', 0, { name: 'purchase' })])
    const otherProperties = await add([makeEvent('a', 0, { properties: { item_id: 'other' } })])
    expect(sorted(otherName)).toEqual({ accepted: [], duplicates: [], conflicts: ['a'] })
    expect(sorted(otherProperties)).toEqual({ accepted: [], duplicates: [], conflicts: ['a'] })
    expect(await asked.store.load('v', PLAN)).toEqual(profile)
  })

  test('traits told once more under another weight are a repetition, and other traits are none', async () => {
    const tell = (size: string, weight: number) =>
      makeEvent('a', 0, { name: IDENTIFY, properties: { size, $weights: { size: weight } } })
    const { profile } = await add([tell('M', 1)])
    expect(sorted(await add([tell('M', 3)]))).toEqual({ accepted: [], duplicates: ['a'], conflicts: [] })
    expect(sorted(await add([tell('L', 1)]))).toEqual({ accepted: [], duplicates: [], conflicts: ['a'] })
    expect(await asked.store.load('v', PLAN)).toEqual(profile)
    const other = { properties: { item_id: 'x', $weights: 1 } }
    await add([makeEvent('b', 1, other)])
    const changed = makeEvent('b', 1, { properties: { ...other.properties, $weights: 2 } })
    expect(sorted(await add([changed])).conflicts).toEqual(['b'])
  })

  test('one id may be an event of two visitors', async () => {
    await add([makeEvent('a')], 'one')
    const result = await add([makeEvent('a')], 'two')
    expect(sorted(result)).toEqual({ accepted: ['a'], duplicates: [], conflicts: [] })
  })

  test('the order in which events arrive does not matter', async () => {
    const events = makeEvents(120)
    const shuffled = shuffle(events, 7)
    const batches = Array.from({ length: 12 }, (_, at) => shuffled.slice(at * 10, at * 10 + 10))
    expect(await addAll(batches)).toEqual(foldAll(events))
  })

  test('more events than are kept raw still give the profile that core folds', async () => {
    const events = makeEvents(700)
    const batches = Array.from({ length: 14 }, (_, at) => shuffle(events.slice(at * 50, at * 50 + 50), at))
    expect(await addAll(batches)).toEqual(foldAll(events))
  })

  test('a late event among the kept ones finds its place, and one before them is counted', async () => {
    const events = makeEvents(600)
    const late = makeEvent('late', 590.5)
    const first = makeEvent('first', -60)
    const result = await addAll([events, [late], [first]])
    expect(result?.signals['total view_item']).toEqual({ total: 302 })
    expect(result?.firstSeen).toBe(first.time / 1000)
    expect(result?.signals['times add_to_cart']).toEqual(
      foldAll([...events, late]).signals['times add_to_cart'],
    )
    const again = await addAll([[makeEvent('later', 591.5)]])
    expect(again?.signals['total view_item']).toEqual({ total: 303 })
  })

  test('another plan fills its new signals from the kept events and drops the others', async () => {
    const events = makeEvents(60)
    await add(events)
    expect(await asked.store.load('v', NEXT_PLAN)).toEqual(foldAll(events, NEXT_PLAN))
    const more = makeEvent('more', 90, { name: 'purchase' })
    const result = await add([more], 'v', NEXT_PLAN)
    expect(result.before).toEqual(foldAll(events, NEXT_PLAN))
    expect(result.profile).toEqual(foldAll([...events, more], NEXT_PLAN))
  })

  test('after many events a new signal is filled from the last 128 and watched since the oldest of them', async () => {
    const events = makeEvents(400)
    await add(events)
    const profile = await asked.store.load('v', NEXT_PLAN)
    const kept = events.slice(-128)
    const known = foldAll(events, NEXT_PLAN).signals['times view_item']
    expect(profile?.signals[HIKER_PURCHASES]).toEqual({
      ...foldAll(kept, NEXT_PLAN).signals[HIKER_PURCHASES],
      since: kept[0]!.time / 1000,
    })
    expect(profile?.signals['times view_item']).toEqual(known)
  })

  test('what an event recorded of its request is kept for a plan that asks for it later', async () => {
    const context = { utm: { campaign: 'autumn' }, referrer: { host: 'news.example' } }
    const events = [makeEvent('a', 0, { context }), makeEvent('b', 1)]
    await add(events)
    const profile = await asked.store.load('v', NEXT_PLAN)
    expect(profile?.signals['touch utm.campaign']).toMatchObject({ last: { value: 'autumn', id: 'a' } })
    expect(profile).toEqual(foldAll(events, NEXT_PLAN))
  })

  test('a known id with another recorded context is a repetition', async () => {
    await add([makeEvent('a', 0, { context: { utm: { source: 'search' } } })])
    expect(sorted(await add([makeEvent('a')])).duplicates).toEqual(['a'])
  })
}
