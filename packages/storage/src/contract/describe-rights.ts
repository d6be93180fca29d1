import { compareEvents } from '@attune/core'
import { expect, test } from 'vitest'
import type { AskedStore } from './asked-store.ts'
import { DAY, foldAll, makeEvent, makeEvents, NOON, PLAN, shuffle } from './builders.ts'

// What is left where is the driver's to say.
const GONE = { profiles: 0, events: 0, rejected: 0, queued: 0, leftovers: expect.any(Array) }

/** What a store gives out of a visitor, and how it lets go of one for ever. */
export function describeRights(asked: AskedStore): void {
  const { add } = asked
  const refuse = (visitor: string | undefined, event = '{"a":1}') =>
    asked.store.reject([{ reason: 'wrong-type', time: NOON, event, visitor }])

  test('an export holds all that is kept of a visitor, and nothing of another', async () => {
    const events = makeEvents(300)
    await add(shuffle(events.slice(0, 200), 7))
    await add(events.slice(200))
    await add([makeEvent('other')], 'w')
    await refuse('v', '{"mine":1}')
    await refuse('w', '{"theirs":1}')
    await refuse(undefined, '{"nobody":1}')
    const record = await asked.store.exportVisitor('v')
    expect(record).toMatchObject({
      visitor: 'v',
      profile: foldAll(events),
      events: [...events].sort(compareEvents),
      rejected: [{ reason: 'wrong-type', time: NOON, event: '{"mine":1}', visitor: 'v' }],
    })
    expect(record?.base).not.toBeNull()
    expect(record?.rejected).toHaveLength(1)
    expect(await asked.store.exportVisitor('nobody')).toBeNull()
  })

  test('an export of one whose events were all refused holds these', async () => {
    await refuse('v')
    expect(await asked.store.exportVisitor('v')).toMatchObject({
      profile: null,
      events: [],
      rejected: [{ reason: 'wrong-type' }],
    })
  })

  test('an erased visitor is gone, told in counts, and the others stay', async () => {
    const events = makeEvents(300)
    await add(events)
    await add([makeEvent('other')], 'w')
    await refuse('v')
    await refuse('v')
    await refuse('w')
    expect(await asked.store.erase('v', NOON)).toEqual({
      at: NOON,
      profiles: 1,
      events: 300,
      rejected: 2,
      queued: 0,
      leftovers: expect.any(Array),
    })
    expect(await asked.store.load('v', PLAN)).toBeNull()
    expect(await asked.store.exportVisitor('v')).toBeNull()
    expect(await asked.store.load('w', PLAN)).toEqual(foldAll([makeEvent('other')]))
    expect((await asked.store.exportVisitor('w'))?.rejected).toHaveLength(1)
    expect(await asked.store.rejectedCounts()).toEqual({ 'wrong-type': 3 })
  })

  test('nothing brings an erased visitor back: no event, no rehearsal, no sweep', async () => {
    await add(makeEvents(5))
    await asked.store.erase('v', NOON)
    const { store } = asked
    const rehearse = store.rehearse({ visitor: 'v', events: [makeEvent('late')], plan: PLAN })
    await expect(rehearse).rejects.toMatchObject({ name: 'VisitorErasedError' })
    await expect(add(makeEvents(5))).rejects.toMatchObject({ name: 'VisitorErasedError' })
    await store.sweep(NOON + 4_000 * DAY, { events: 0, profiles: 0 })
    await expect(add([makeEvent('late')])).rejects.toMatchObject({ name: 'VisitorErasedError' })
    expect(await store.load('v', PLAN)).toBeNull()
  })

  test('a refused event of an erased visitor is counted, and nothing of it is kept', async () => {
    await asked.store.erase('v', NOON)
    await refuse('v')
    expect(await asked.store.exportVisitor('v')).toBeNull()
    expect(await asked.store.rejectedCounts()).toEqual({ 'wrong-type': 1 })
  })

  test('erasing again changes nothing, and the first time stays', async () => {
    await add(makeEvents(3))
    await asked.store.erase('v', NOON)
    expect(await asked.store.erase('v', NOON + DAY)).toEqual({ ...GONE, at: NOON })
  })

  test('one nobody has heard of can be erased beforehand', async () => {
    expect(await asked.store.erase('v', NOON)).toEqual({ ...GONE, at: NOON })
    await expect(add([makeEvent('a')])).rejects.toMatchObject({ name: 'VisitorErasedError' })
  })

  test('appends that race with an erasure are kept before it or refused, never left behind', async () => {
    const visitors = Array.from({ length: 8 }, (_, at) => `racer ${at}`)
    await Promise.all(
      visitors.map(async (visitor, at) => {
        const appends = makeEvents(12).map((event) => add([event], visitor))
        if (at % 2 === 0) await appends[at]
        const erased = await asked.store.erase(visitor, NOON)
        const outcomes = await Promise.allSettled(appends)
        const kept = outcomes.filter(({ status }) => status === 'fulfilled').length
        expect(erased.events).toBe(kept)
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') expect(outcome.reason.name).toBe('VisitorErasedError')
        }
        expect(await asked.store.exportVisitor(visitor)).toBeNull()
      }),
    )
  })

  test('a tombstone is still there after opening again', async (context) => {
    if (!asked.mayReopen) return context.skip('this store keeps nothing')
    await add(makeEvents(3))
    await asked.store.erase('v', NOON)
    await asked.store.close()
    await asked.reopen()
    await expect(add([makeEvent('late')])).rejects.toMatchObject({ name: 'VisitorErasedError' })
    expect(await asked.store.load('v', PLAN)).toBeNull()
  })
}
