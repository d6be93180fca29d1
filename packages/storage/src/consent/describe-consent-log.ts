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
