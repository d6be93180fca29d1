import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConsentChange, ConsentLog } from './consent-log.ts'

const NOON = Date.UTC(2026, 10, 22, 12)

/** A change of one visitor's consent at noon. */
export function makeChange(changes: Partial<ConsentChange> = {}): ConsentChange {
  return {
    pseudonym: 'p',
    time: NOON,
    granted: ['preferences', 'statistics'],
    text: '2026-11',
    by: 'accept',
    region: 'DE',
    globalPrivacyControl: false,
    ...changes,
  }
}

/** What every log of consent keeps to; `create` makes an empty one. */
export function describeConsentLog(name: string, create: () => Promise<ConsentLog>): void {
  describe(`the consent log: ${name}`, () => {
    let log: ConsentLog

    beforeEach(async () => {
      log = await create()
    })
    afterEach(() => log.close())

    const add = async (...changes: readonly Partial<ConsentChange>[]): Promise<readonly boolean[]> => {
      const kept: boolean[] = []
      for (const change of changes) kept.push(await log.append(makeChange(change)))
      return kept
    }

    test('keeps a change whole', async () => {
      const change = makeChange({ region: null, globalPrivacyControl: true, text: "v'; --", by: 'ü😀' })
      expect(await log.append(change)).toBe(true)
      const [row, ...rest] = await log.read()
      expect(rest).toEqual([])
      expect(row).toEqual({ ...change, id: expect.any(Number) })
    })

    test('has one row per change: the same once more is not kept, the same after another is', async () => {
      const no = { granted: [], by: 'refuse' }
      expect(await add({}, { time: NOON + 1 }, no, no, {}, { text: '2026-12' }, { region: null })).toEqual([
        true, false, true, false, true, true, true,
      ]) // biome-ignore format: one for each
      expect((await log.read()).map(({ granted }) => granted.length)).toEqual([2, 0, 2, 2, 2])
    })

    test('tells visitors apart, and those who are not known by anything each count', async () => {
      expect(await add({}, { pseudonym: 'q' }, { pseudonym: null }, { pseudonym: null })).toEqual([
        true, true, true, true,
      ]) // biome-ignore format: one for each
      expect((await log.read({ pseudonyms: ['q', 'r'] })).map(({ pseudonym }) => pseudonym)).toEqual(['q'])
      expect(await log.read({ pseudonyms: [] })).toEqual([])
    })

    test('of the same change at once one is kept', async () => {
      const kept = await Promise.all(Array.from({ length: 20 }, () => log.append(makeChange())))
      expect(kept.filter(Boolean)).toHaveLength(1)
    })

    test('finds the newest row of a visitor under all of their pseudonyms, however many rows there are', async () => {
      await add({ pseudonym: 'older', granted: ['marketing'] }, { pseudonym: 'q' }, { pseudonym: null })
      await add({}, { text: 'later' })
      await add({ pseudonym: 'q', granted: [] })
      expect(await log.last(['older', 'p', 'never'])).toMatchObject({ pseudonym: 'p', text: 'later' })
      expect(await log.last(['q'])).toMatchObject({ granted: [] })
      expect([await log.last(['never']), await log.last([])]).toEqual([undefined, undefined])
    })

    test('is read page by page, in the order of its rows, without a gap', async () => {
      await add(...Array.from({ length: 25 }, (_, at) => ({ pseudonym: `p${at}` })))
      const seen: (string | null)[] = []
      for (let after = 0; ; ) {
        const page = await log.read({ after, limit: 10 })
        if (page.length === 0) break
        seen.push(...page.map(({ pseudonym }) => pseudonym))
        after = page.at(-1)!.id
      }
      expect(seen).toEqual(Array.from({ length: 25 }, (_, at) => `p${at}`))
    })

    test('keeps what says the same as its last row where another log has a later one', async () => {
      const change = makeChange()
      expect([await log.append(change), await log.append(change, false), await log.append(change, true)]).toEqual([
        true, false, true,
      ]) // biome-ignore format: one for each
    })

    test('forgets what is old, but never the row that a consent of today stands on', async () => {
      const old = NOON - 1
      await add(
        { time: old },
        { time: old, granted: [] },
        { pseudonym: 'q', time: old - 1, granted: [] },
        { pseudonym: 'q', time: old },
        { pseudonym: null, time: old },
        { pseudonym: 'r', time: NOON, granted: [] },
      )
      expect(await log.sweep(NOON)).toBe(4)
      expect((await log.read()).map(({ pseudonym }) => pseudonym)).toEqual(['q', 'r'])
      expect(await log.sweep(NOON)).toBe(0)
    })

    test('knows whose turned out to be somebody’s, also through another, and leaves their rows as they are', async () => {
      await add({ pseudonym: 'desk' }, { pseudonym: 'phone' }, { pseudonym: 'other' })
      await log.absorb(['desk', 'desk of an older secret'], 'account', NOON)
      await log.absorb(['account'], 'account of today', NOON)
      await log.absorb(['phone'], 'account of today', NOON)
      const all = ['account', 'desk', 'desk of an older secret', 'phone']
      expect([...(await log.absorbedBy(['account of today']))].sort()).toEqual(all)
      expect([...(await log.absorbedBy(['account', 'nobody']))].sort()).toEqual(all.slice(1, 3))
      expect(await log.absorbedBy(['desk', 'other'])).toEqual([])
      expect((await log.read()).map(({ pseudonym }) => pseudonym)).toEqual(['desk', 'phone', 'other'])
    })

    test('leaves who was noted before with whom that was, and nobody with themselves or in a circle', async () => {
      await log.absorb(['desk'], 'account', NOON)
      await log.absorb(['desk'], 'another account', NOON)
      await log.absorb(['account'], 'account', NOON)
      await log.absorb(['account'], 'desk', NOON)
      expect(await log.absorbedBy(['another account'])).toEqual([])
      expect(await log.absorbedBy(['account'])).toEqual(['desk'])
    })

    test('erases with somebody whoever turned out to be them, and what was noted of it', async () => {
      await add({ pseudonym: 'desk' }, { pseudonym: 'account' }, { pseudonym: 'other' })
      await log.absorb(['desk'], 'account', NOON)
      expect(await log.erase(['account'])).toBe(2)
      expect((await log.read()).map(({ pseudonym }) => pseudonym)).toEqual(['other'])
      expect(await log.absorbedBy(['account'])).toEqual([])
    })

    test('forgets whose they turned out to be with the last of their rows', async () => {
      await add({ pseudonym: 'desk', time: NOON - 2 }, { pseudonym: 'phone', time: NOON })
      await log.absorb(['desk', 'phone', 'tablet'], 'account', NOON - 1)
      await log.absorb(['watch'], 'account', NOON)
      const absorbed = async () => [...(await log.absorbedBy(['account']))].sort()
      expect(await log.sweep(NOON)).toBe(0)
      expect(await absorbed()).toEqual(['desk', 'phone', 'watch'])
      await add({ pseudonym: 'desk', time: NOON - 2, granted: [] })
      expect(await log.sweep(NOON)).toBe(2)
      expect(await absorbed()).toEqual(['phone', 'watch'])
    })

    test('leaves out whoever was let go of where that is asked, with those they absorbed, until they answer again', async () => {
      await add({ pseudonym: 'desk' }, { pseudonym: 'account' }, { pseudonym: null }, { pseudonym: 'other' })
      await log.absorb(['desk'], 'account', NOON)
      const standing = async () => (await log.read({ withoutLetGo: true })).map(({ pseudonym }) => pseudonym)
      const gone = async (after = 0) => (await log.letGoAfter(after, 10)).map(({ pseudonym }) => pseudonym)
      expect([await standing(), await gone()]).toEqual([['desk', 'account', null, 'other'], []])
      await log.letGo(['account'])
      expect([await standing(), [...(await gone())].sort()]).toEqual([
        [null, 'other'],
        ['account', 'desk'],
      ])
      expect(await log.read()).toHaveLength(4)
      const last = (await log.letGoAfter(0, 10)).at(-1)!.id
      expect(await add({ pseudonym: 'account' }, { pseudonym: 'account' })).toEqual([true, false])
      expect([await standing(), await gone()]).toEqual([[null, 'other', 'account'], ['desk']])
      await log.letGo(['account'])
      expect(await gone(last)).toContain('account')
      expect(await standing()).toEqual([null, 'other'])
    })

    test('forgets who was let go of with the last of their rows', async () => {
      await add({ pseudonym: 'desk', time: NOON - 1, granted: [] }, { pseudonym: 'phone' })
      await log.letGo(['desk', 'phone'])
      await log.sweep(NOON)
      expect((await log.letGoAfter(0, 10)).map(({ pseudonym }) => pseudonym)).toEqual(['phone'])
      await log.erase(['phone'])
      expect(await log.letGoAfter(0, 10)).toEqual([])
    })

    test('erases one visitor under each of their pseudonyms, and nobody else', async () => {
      await add({}, { granted: [] }, { pseudonym: 'older' }, { pseudonym: 'q' }, { pseudonym: null })
      expect(await log.erase(['p', 'older', 'never'])).toBe(3)
      expect((await log.read()).map(({ pseudonym }) => pseudonym)).toEqual(['q', null])
      // An id is never given again: who reads page by page misses nothing.
      const last = (await log.read()).at(-1)!.id
      await log.erase(['q'])
      await add({})
      expect((await log.read()).at(-1)!.id).toBeGreaterThan(last)
    })
  })
}
