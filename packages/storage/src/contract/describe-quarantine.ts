import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ProfileStore, Quarantine, RejectedEvent } from '../profile-store.ts'
import { NOON } from './builders.ts'

/** A fresh, empty store that gives refused events back, and how to go on with what it kept. */
export interface QuarantineSubject {
  readonly store: ProfileStore & Quarantine
  /** Opens again what a closed store kept; missing for stores that keep nothing. */
  readonly reopen?: () => Promise<ProfileStore & Quarantine>
  /** Cleans up after the test; the stores are closed by then. */
  readonly dispose?: () => Promise<void>
}

/** What every store promises that gives refused events back. To be called in a test file. */
export function describeQuarantine(name: string, create: () => Promise<QuarantineSubject>): void {
  let subject: QuarantineSubject
  let store: QuarantineSubject['store']
  const refuse = (count: number, changes: Partial<RejectedEvent> = {}) =>
    store.reject(
      Array.from({ length: count }, (_, at) => ({
        reason: 'wrong-type',
        time: NOON,
        event: `{"at":${at}}`,
        ...changes,
      })),
    )
  const list = (query: Partial<Parameters<Quarantine['listRejected']>[0]> = {}) =>
    store.listRejected({ after: 0, most: 100, ...query })

  describe(`${name}: the quarantine`, () => {
    beforeEach(async () => {
      subject = await create()
      store = subject.store
    })
    afterEach(async () => {
      await store.close()
      await subject.dispose?.()
    })

    test('gives back what was refused, the oldest first, with all that was known of it', async () => {
      await store.reject([
        { reason: 'wrong-type', time: NOON, event: '{"a":1}', visitor: 'v', sent: NOON - 40 },
        { reason: 'consent', time: NOON + 1, event: '' },
      ])
      const rejections = await list()
      expect(rejections).toMatchObject([
        { reason: 'wrong-type', time: NOON, event: '{"a":1}', visitor: 'v', sent: NOON - 40 },
        { reason: 'consent', time: NOON + 1, event: '' },
      ])
      expect(rejections[1]).not.toHaveProperty('visitor')
      expect(rejections[1]!.id).toBeGreaterThan(rejections[0]!.id)
    })

    test('is read page by page, and by reason', async () => {
      await refuse(5)
      await refuse(2, { reason: 'too-late' })
      const first = await list({ most: 3 })
      const rest = await list({ after: first.at(-1)!.id })
      expect([first.length, rest.length]).toEqual([3, 4])
      expect(await list({ reason: 'too-late' })).toHaveLength(2)
      expect(await list({ reason: 'none' })).toEqual([])
    })

    test('lets go of what was dropped, which stays counted', async () => {
      await refuse(3)
      const [, second] = await list()
      await store.dropRejected([second!.id, 999_999])
      expect((await list()).map(({ event }) => event)).toEqual(['{"at":0}', '{"at":2}'])
      expect(await store.rejectedCounts()).toEqual({ 'wrong-type': 3 })
    })

    test('never gives the number of a dropped one to another while that could be mistaken', async () => {
      await refuse(2)
      const [first] = await list()
      await store.dropRejected([first!.id])
      await refuse(1)
      expect((await list()).map(({ id }) => id)).not.toContain(first!.id)
    })

    test('is swept with the events of its time', async () => {
      await refuse(1)
      await refuse(1, { time: NOON + 30 * 86_400_000 })
      await store.sweep(NOON + 40 * 86_400_000, { events: 20 * 86_400_000, profiles: 400 * 86_400_000 })
      expect((await list()).map(({ time }) => time)).toEqual([NOON + 30 * 86_400_000])
    })

    test('is still there when the store is opened again', async (context) => {
      if (subject.reopen === undefined) return context.skip('this store keeps nothing')
      await refuse(2, { visitor: 'v' })
      await store.close()
      store = await subject.reopen()
      expect((await list()).map(({ visitor }) => visitor)).toEqual(['v', 'v'])
    })
  })
}
