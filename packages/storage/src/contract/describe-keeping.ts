import { expect, test } from 'vitest'
import { type AskedStore, sorted } from './asked-store.ts'
import { DAY, foldAll, HIKER_PURCHASES, makeEvent, makeEvents, NEXT_PLAN, NOON, PLAN } from './builders.ts'

/** What a store keeps, refuses and forgets, whatever else goes on. */
export function describeKeeping(asked: AskedStore): void {
  const { add, addAll } = asked

  test('appends to one visitor at the same time lose nothing', async () => {
    const events = makeEvents(200)
    const results = await Promise.all(events.map((event) => add([event, events[0]!])))
    expect(results.flatMap(({ accepted }) => accepted).sort()).toEqual(events.map(({ id }) => id).sort())
    expect(results.flatMap(({ duplicates }) => duplicates)).toHaveLength(200)
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(events))
  })

  test('a batch that is no events fails alone, and nothing of it is kept', async () => {
    const circle: { [key: string]: unknown } = {}
    circle.self = circle
    const bad = [makeEvent('good'), makeEvent('bad', 1, { properties: circle })]
    const results = await Promise.allSettled([add([makeEvent('a')]), add(bad, 'w'), add([makeEvent('b', 1)])])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await asked.store.load('w', PLAN)).toBeNull()
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll([makeEvent('a'), makeEvent('b', 1)]))
  })

  test('what a caller does to its event afterwards does not reach the store', async () => {
    const properties = { item_id: 'x', item_category: 'hiking' }
    const { profile } = await add([makeEvent('a', 0, { properties })])
    properties.item_category = 'climbing'
    await add([makeEvent('b', -1)])
    expect(await asked.store.load('v', PLAN)).toEqual(
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
      expect(await asked.store.load(visitor, PLAN)).toEqual(foldAll(events))
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('refused events are counted by reason', async () => {
    const time = NOON
    await asked.store.reject([
      { reason: 'bot', time, event: '{"name":"page_view"}' },
      { reason: 'consent', time, event: '' },
      { reason: '__proto__', time, event: 'x'.repeat(10_000) },
    ])
    await asked.store.reject([{ reason: 'bot', time, event: '' }])
    await asked.store.reject([])
    const counts = await asked.store.rejectedCounts()
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
    expect(await asked.store.sweep(now, { events: DAY, profiles: 400 * DAY })).toEqual({
      events: 30,
      profiles: 0,
    })
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll([...old, ...young]))
    const late = makeEvent('late', 14 * 24 * 60 - 1)
    expect((await add([late])).profile).toEqual(foldAll([...old, ...young, late]))
    expect((await asked.store.load('v', NEXT_PLAN))?.signals[HIKER_PURCHASES]).toMatchObject({
      since: late.time / 1000,
    })
  })

  test('an id is remembered for ten days after its event, whatever the retention says', async () => {
    await add([makeEvent('a')])
    await asked.store.sweep(NOON + 10 * DAY, { events: 0, profiles: 400 * DAY })
    expect(sorted(await add([makeEvent('a')])).duplicates).toEqual(['a'])
    await asked.store.sweep(NOON + 10 * DAY + 1000, { events: 0, profiles: 400 * DAY })
    expect(sorted(await add([makeEvent('a')])).accepted).toEqual(['a'])
  })

  test('a sweep forgets visitors who have been away too long, with all their events', async () => {
    await add(makeEvents(3), 'away')
    await add([makeEvent('b', 24 * 60)], 'here')
    const swept = await asked.store.sweep(NOON + 20 * DAY, { events: 90 * DAY, profiles: 19.5 * DAY })
    expect(swept).toEqual({ events: 3, profiles: 1 })
    expect(await asked.store.load('away', PLAN)).toBeNull()
    expect(await asked.store.load('here', PLAN)).not.toBeNull()
    expect((await add(makeEvents(3), 'away')).before).toBeNull()
  })

  test('a closed store answers nothing more, and may be closed again', async () => {
    await add([makeEvent('a')])
    await asked.store.close()
    await asked.store.close()
    await expect(asked.store.load('v', PLAN)).rejects.toThrow(/closed/)
    await expect(add([makeEvent('b')])).rejects.toThrow(/closed/)
  })

  test('closing waits for what was asked before', async () => {
    const pending = [add(makeEvents(5)), add([makeEvent('b')], 'w')]
    const closed = asked.store.close()
    await expect(Promise.all(pending)).resolves.toHaveLength(2)
    await closed
  })

  test('what was acknowledged is there after opening again', async (context) => {
    if (!asked.mayReopen) return context.skip('this store keeps nothing')
    const events = makeEvents(300)
    await add(events)
    await asked.store.reject([{ reason: 'bot', time: NOON, event: '' }])
    await asked.store.close()
    await asked.reopen()
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(events))
    expect(await asked.store.rejectedCounts()).toEqual({ bot: 1 })
    expect(sorted(await add(events.slice(-5))).accepted).toEqual([])
  })
}
