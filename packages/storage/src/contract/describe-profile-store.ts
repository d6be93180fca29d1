import type { AttuneEvent, SignalPlan } from '@attune/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AppendResult, ProfileStore } from '../profile-store.ts'
import { DAY, foldAll, makeEvent, makeEvents, NEXT_PLAN, NOON, PLAN, shuffle } from './builders.ts'

const HIKER_PURCHASES = 'times purchase {"item_category":{"is":"hiking"}}'

/** A fresh, empty store, and how to go on with what it kept. */
export interface ContractSubject {
  readonly store: ProfileStore
  /** Opens again what a closed store kept; missing for stores that keep nothing. */
  readonly reopen?: () => Promise<ProfileStore>
  /** Cleans up after the test; the stores are closed by then. */
  readonly dispose?: () => Promise<void>
}

/** Describes what every profile store must do; a driver's test calls it with a way to create an empty one. */
export function describeProfileStore(name: string, create: () => Promise<ContractSubject>): void {
  describe(name, () => {
    let subject: ContractSubject
    let store: ProfileStore

    beforeEach(async () => {
      subject = await create()
      store = subject.store
    })
    afterEach(async () => {
      await store.close()
      await subject.dispose?.()
    })

    const add = (events: readonly AttuneEvent[], visitor = 'v', plan: SignalPlan = PLAN) =>
      store.append({ visitor, events, plan })
    const addAll = async (batches: readonly (readonly AttuneEvent[])[]) => {
      for (const batch of batches) await add(batch)
      return store.load('v', PLAN)
    }
    const sorted = ({ accepted, duplicates, conflicts }: AppendResult) => ({
      accepted,
      duplicates,
      conflicts,
    })

    test('a visitor nobody has heard of has no profile', async () => {
      expect(await store.load('nobody', PLAN)).toBeNull()
    })

    test('a profile is what core folds from the events', async () => {
      const events = makeEvents(40)
      const first = await add(events.slice(0, 15))
      const second = await add(events.slice(15))
      expect(first.before).toBeNull()
      expect(second.before).toEqual(first.profile)
      expect(second.profile).toEqual(foldAll(events))
      expect(await store.load('v', PLAN)).toEqual(second.profile)
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
      expect(await store.load('v', PLAN)).toEqual(profile)
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
      expect(await store.load('v', NEXT_PLAN)).toEqual(foldAll(events, NEXT_PLAN))
      const more = makeEvent('more', 90, { name: 'purchase' })
      const result = await add([more], 'v', NEXT_PLAN)
      expect(result.before).toEqual(foldAll(events, NEXT_PLAN))
      expect(result.profile).toEqual(foldAll([...events, more], NEXT_PLAN))
    })

    test('after many events a new signal is filled from the last 128 and watched since the oldest of them', async () => {
      const events = makeEvents(400)
      await add(events)
      const profile = await store.load('v', NEXT_PLAN)
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
      const profile = await store.load('v', NEXT_PLAN)
      expect(profile?.signals['touch utm.campaign']).toMatchObject({ last: { value: 'autumn', id: 'a' } })
      expect(profile).toEqual(foldAll(events, NEXT_PLAN))
    })

    test('a known id with another recorded context is a repetition', async () => {
      await add([makeEvent('a', 0, { context: { utm: { source: 'search' } } })])
      expect(sorted(await add([makeEvent('a')])).duplicates).toEqual(['a'])
    })

    test('appends to one visitor at the same time lose nothing', async () => {
      const events = makeEvents(200)
      const results = await Promise.all(events.map((event) => add([event, events[0]!])))
      expect(results.flatMap(({ accepted }) => accepted).sort()).toEqual(events.map(({ id }) => id).sort())
      expect(results.flatMap(({ duplicates }) => duplicates)).toHaveLength(200)
      expect(await store.load('v', PLAN)).toEqual(foldAll(events))
    })

    test('a batch that is no events fails alone, and nothing of it is kept', async () => {
      const circle: { [key: string]: unknown } = {}
      circle.self = circle
      const bad = [makeEvent('good'), makeEvent('bad', 1, { properties: circle })]
      const results = await Promise.allSettled([
        add([makeEvent('a')]),
        add(bad, 'w'),
        add([makeEvent('b', 1)]),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await store.load('w', PLAN)).toBeNull()
      expect(await store.load('v', PLAN)).toEqual(foldAll([makeEvent('a'), makeEvent('b', 1)]))
    })

    test('what a caller does to its event afterwards does not reach the store', async () => {
      const properties = { item_id: 'x', item_category: 'hiking' }
      const { profile } = await add([makeEvent('a', 0, { properties })])
      properties.item_category = 'climbing'
      await add([makeEvent('b', -1)])
      expect(await store.load('v', PLAN)).toEqual(
        foldAll([
          makeEvent('a', 0, { properties: { item_id: 'x', item_category: 'hiking' } }),
          makeEvent('b', -1),
        ]),
      )
      expect(profile.last?.id).toBe('a')
    })

    test('ids, visitors, names and values may be any text', async () => {
      const texts = [
        '__proto__',
        'constructor',
        "'; DROP TABLE events; --",
        '"\\',
        'ü😀',
        'a\u0000b',
        'A',
        'a',
        ' ',
      ]
      for (const visitor of texts) {
        const events = texts.map((id, at) =>
          makeEvent(id, at, { name: at % 2 === 0 ? 'view_item' : id, properties: { item_id: id, [id]: id } }),
        )
        const result = await add(events, visitor)
        expect(result.accepted).toEqual(texts)
        expect((await add(events, visitor)).duplicates).toEqual(texts)
        expect(await store.load(visitor, PLAN)).toEqual(foldAll(events))
      }
      expect(Object.keys(Object.prototype)).toEqual([])
    })

    test('refused events are counted by reason', async () => {
      const time = NOON
      await store.reject([
        { reason: 'bot', time, event: '{"name":"page_view"}' },
        { reason: 'consent', time, event: '' },
        { reason: '__proto__', time, event: 'x'.repeat(10_000) },
      ])
      await store.reject([{ reason: 'bot', time, event: '' }])
      await store.reject([])
      const counts = await store.rejectedCounts()
      expect(Object.entries(counts).sort()).toEqual([
        ['__proto__', 1],
        ['bot', 2],
        ['consent', 1],
      ])
    })

    test('a sweep deletes old events and keeps what was folded from them', async () => {
      const old = makeEvents(30)
      const young = makeEvents(10).map((event, at) => makeEvent(`young${at}`, 14 * 24 * 60 + at, event && {}))
      await addAll([old, young])
      const now = NOON + 15 * DAY
      expect(await store.sweep(now, { events: DAY, profiles: 400 * DAY })).toEqual({
        events: 30,
        profiles: 0,
      })
      expect(await store.load('v', PLAN)).toEqual(foldAll([...old, ...young]))
      const late = makeEvent('late', 14 * 24 * 60 - 1)
      expect((await add([late])).profile).toEqual(foldAll([...old, ...young, late]))
      expect((await store.load('v', NEXT_PLAN))?.signals[HIKER_PURCHASES]).toMatchObject({
        since: late.time / 1000,
      })
    })

    test('an id is remembered for ten days after its event, whatever the retention says', async () => {
      await add([makeEvent('a')])
      await store.sweep(NOON + 10 * DAY, { events: 0, profiles: 400 * DAY })
      expect(sorted(await add([makeEvent('a')])).duplicates).toEqual(['a'])
      await store.sweep(NOON + 10 * DAY + 1000, { events: 0, profiles: 400 * DAY })
      expect(sorted(await add([makeEvent('a')])).accepted).toEqual(['a'])
    })

    test('a sweep forgets visitors who have been away too long, with all their events', async () => {
      await add(makeEvents(3), 'away')
      await add([makeEvent('b', 24 * 60)], 'here')
      const swept = await store.sweep(NOON + 20 * DAY, { events: 90 * DAY, profiles: 19.5 * DAY })
      expect(swept).toEqual({ events: 3, profiles: 1 })
      expect(await store.load('away', PLAN)).toBeNull()
      expect(await store.load('here', PLAN)).not.toBeNull()
      expect((await add(makeEvents(3), 'away')).before).toBeNull()
    })

    test('a closed store answers nothing more, and may be closed again', async () => {
      await add([makeEvent('a')])
      await store.close()
      await store.close()
      await expect(store.load('v', PLAN)).rejects.toThrow(/closed/)
      await expect(add([makeEvent('b')])).rejects.toThrow(/closed/)
    })

    test('closing waits for what was asked before', async () => {
      const asked = [add(makeEvents(5)), add([makeEvent('b')], 'w')]
      const closed = store.close()
      await expect(Promise.all(asked)).resolves.toHaveLength(2)
      await closed
    })

    test('what was acknowledged is there after opening again', async (context) => {
      if (subject.reopen === undefined) return context.skip('this store keeps nothing')
      const events = makeEvents(300)
      await add(events)
      await store.reject([{ reason: 'bot', time: NOON, event: '' }])
      await store.close()
      store = await subject.reopen()
      expect(await store.load('v', PLAN)).toEqual(foldAll(events))
      expect(await store.rejectedCounts()).toEqual({ bot: 1 })
      expect(sorted(await add(events.slice(-5))).accepted).toEqual([])
    })
  })
}
