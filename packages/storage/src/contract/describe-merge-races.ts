import type { AttuneEvent } from '@attune/core'
import { expect, test } from 'vitest'
import { isErased, isMoved } from '../store-error.ts'
import type { AskedStore } from './asked-store.ts'
import { foldAll, makeEvent, makeEvents, NOON, PLAN } from './builders.ts'

const PHONE = 'the phone'
const LAPTOP = 'the laptop'
const ERASED = { name: 'VisitorErasedError' }

/** What becomes of a merge when either of the two is erased, or written meanwhile. */
export function describeMergeRaces(asked: AskedStore): void {
  const { add } = asked
  const merge = (from: string, into = 'v') => asked.store.mergeVisitor(from, into, PLAN, NOON)
  const moved = (into: string) => ({ name: 'VisitorMovedError', into: asked.nameOf(into) })

  test('nothing of an erased visitor is merged', async () => {
    await add(makeEvents(3))
    await add(makeEvents(5), PHONE)
    await asked.store.erase(PHONE, NOON)
    expect(await merge(PHONE)).toEqual({ isMerged: false, events: 0, profile: foldAll(makeEvents(3)) })
    await expect(add([makeEvent('late')], PHONE)).rejects.toMatchObject(ERASED)
    expect(await asked.store.absorbedBy('v')).toEqual([])
  })

  test('nobody is merged into an erased visitor, and stays who it was', async () => {
    await add(makeEvents(5), PHONE)
    await asked.store.erase('v', NOON)
    await expect(merge(PHONE)).rejects.toMatchObject(ERASED)
    expect(await asked.store.load(PHONE, PLAN)).toEqual(foldAll(makeEvents(5)))
    await add([makeEvent('more', 6)], PHONE)
  })

  test('whoever erases the one erases all that were merged into it', async () => {
    await add(makeEvents(3))
    await add(makeEvents(8).slice(3), PHONE)
    await merge(PHONE)
    await merge(LAPTOP)
    expect(await asked.store.erase('v', NOON)).toMatchObject({ profiles: 1, events: 8 })
    for (const visitor of ['v', PHONE, LAPTOP]) {
      await expect(add([makeEvent('late')], visitor)).rejects.toMatchObject(ERASED)
      expect(await asked.store.exportVisitor(visitor)).toBeNull()
    }
  })

  test('erasing a merged visitor takes away where it led to, and nothing of whom it led to', async () => {
    await add(makeEvents(5), PHONE)
    await merge(PHONE)
    expect(await asked.store.erase(PHONE, NOON)).toMatchObject({ profiles: 0, events: 0, rejected: 0 })
    await expect(add([makeEvent('late')], PHONE)).rejects.toMatchObject(ERASED)
    expect(await asked.store.load('v', PLAN)).toEqual(foldAll(makeEvents(5)))
  })

  test('appends that race with a merge are folded once, before it or where they are sent on', async () => {
    const people = Array.from({ length: 6 }, (_, at) => `racer ${at}`)
    await Promise.all(
      people.map(async (into, at) => {
        const events = makeEvents(24)
        const from = `${into} on the phone`
        const sendOn = async (event: AttuneEvent, visitor: string): Promise<void> => {
          try {
            await add([event], visitor)
          } catch (error) {
            if (!isMoved(error)) throw error
            await add([event], error.into)
          }
        }
        const appends = events.map((event, place) => sendOn(event, place % 2 === 0 ? from : into))
        if (at % 2 === 0) await appends[at]
        await Promise.all([...appends, asked.store.mergeVisitor(from, into, PLAN, NOON)])
        expect(await asked.store.load(into, PLAN)).toEqual(foldAll(events))
        expect(await asked.store.load(from, PLAN)).toBeNull()
      }),
    )
  })

  test('two merges of one visitor at once end with one of the two, and two of the same with nothing twice', async () => {
    const events = makeEvents(20)
    await add(events, PHONE)
    const tries = await Promise.allSettled([merge(PHONE), merge(PHONE), merge(PHONE, 'somebody else')])
    const [winner, loser] =
      (await asked.store.load('v', PLAN)) === null ? ['somebody else', 'v'] : ['v', 'somebody else']
    expect(await asked.store.load(winner!, PLAN)).toEqual(foldAll(events))
    expect(await asked.store.load(loser!, PLAN)).toBeNull()
    for (const one of tries) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject(moved(winner!))
    }
  })

  test('a merge that races with an erasure leaves nothing of the erased one', async () => {
    const people = Array.from({ length: 6 }, (_, at) => `goer ${at}`)
    await Promise.all(
      people.map(async (into, at) => {
        const from = `${into} on the phone`
        await add(makeEvents(5), into)
        await add(makeEvents(9).slice(5), from)
        const merging = asked.store.mergeVisitor(from, into, PLAN, NOON)
        merging.catch(() => {})
        if (at % 2 === 0) await Promise.race([merging, asked.store.load('nobody', PLAN)])
        await asked.store.erase(into, NOON)
        const wasErased = await merging.then(
          () => false,
          (error: unknown) => isErased(error),
        )
        expect(await asked.store.exportVisitor(into)).toBeNull()
        await expect(add([makeEvent('late')], into)).rejects.toMatchObject(ERASED)
        // Refused in time it is whoever it was; else it is gone as well.
        const left = await asked.store.exportVisitor(from)
        if (left !== null) expect([wasErased, left.events.length]).toEqual([true, 4])
      }),
    )
  })
}
