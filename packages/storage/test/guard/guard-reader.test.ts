import { emptyProfile, type Profile, type SignalPlan } from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type GuardedRead, type GuardOptions, guardReader } from '../../src/guard/guard-reader.ts'
import { StoreBusyError } from '../../src/store-error.ts'

const PLAN: SignalPlan = planRuleset({ version: 1, revision: 'r' })
const OTHER: SignalPlan = { ...PLAN, id: 'other' }
const PROFILE: Profile = emptyProfile(PLAN)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A store that answers after `delay` milliseconds with `answer`, and a reader that guards it. */
function makeReader(options: GuardOptions = {}) {
  const store = { delay: 0, answer: PROFILE as Profile | null | Error, asked: [] as string[] }
  const reads: GuardedRead[] = []
  const load = async (visitor: string): Promise<Profile | null> => {
    store.asked.push(visitor)
    if (store.delay > 0) await new Promise((resolve) => setTimeout(resolve, store.delay))
    if (store.answer instanceof Error) throw store.answer
    return store.answer
  }
  const reader = guardReader({ load }, { random: () => 0.5, onRead: (read) => reads.push(read), ...options })
  /** What a page gets, and after how long. */
  const page = async (visitor = 'v', plan = PLAN) => {
    const begun = performance.now()
    const asked = reader.load(visitor, plan).catch((error: unknown) => error)
    let settled = false
    asked.finally(() => {
      settled = true
    })
    await vi.advanceTimersByTimeAsync(0)
    while (!settled) await vi.advanceTimersByTimeAsync(1)
    return { answer: await asked, waited: performance.now() - begun }
  }
  return { store, reader, reads, page }
}

test('a store that answers in time answers the page', async () => {
  const { store, page, reads } = makeReader()
  store.delay = 19
  expect(await page()).toEqual({ answer: PROFILE, waited: 19 })
  store.answer = null
  expect((await page('new')).answer).toBeNull()
  expect(reads.map(({ outcome }) => outcome)).toEqual(['store', 'store'])
})

test('past the deadline a page gets what was read a moment ago, else a rejection', async () => {
  const { store, page, reads } = makeReader()
  await page('known')
  store.delay = 50
  expect(await page('known')).toEqual({ answer: PROFILE, waited: 20 })
  const unknown = await page('unknown')
  expect([unknown.answer, unknown.waited]).toEqual([expect.any(StoreBusyError), 20])
  expect(reads.map(({ outcome }) => outcome)).toEqual(['store', 'stale', 'failed'])
})

test('a store that fails is answered for at once', async () => {
  const { store, page } = makeReader()
  await page('known')
  store.answer = new Error('gone')
  expect(await page('known')).toEqual({ answer: PROFILE, waited: 0 })
  expect((await page('unknown')).answer).toEqual(new Error('gone'))
})

test('what comes after the deadline is there for the next page', async () => {
  const { store, page } = makeReader()
  store.delay = 50
  expect((await page()).answer).toBeInstanceOf(StoreBusyError)
  await vi.advanceTimersByTimeAsync(50)
  store.answer = new Error('gone')
  expect((await page()).answer).toEqual(PROFILE)
})

test('a profile stands in for a minute, and for its own plan only', async () => {
  const { store, page } = makeReader()
  await page()
  store.answer = new Error('gone')
  await vi.advanceTimersByTimeAsync(59_999)
  expect((await page('v', OTHER)).answer).toEqual(new Error('gone'))
  expect((await page()).answer).toEqual(PROFILE)
  await vi.advanceTimersByTimeAsync(2)
  expect((await page()).answer).toEqual(new Error('gone'))
})

test('of more visitors than are held the oldest are forgotten', async () => {
  const { store, page } = makeReader({ most: 2 })
  for (const visitor of ['a', 'b', 'c']) await page(visitor)
  store.answer = new Error('gone')
  const answers = await Promise.all(['a', 'b', 'c'].map((visitor) => page(visitor)))
  expect(answers.map(({ answer }) => answer)).toEqual([new Error('gone'), PROFILE, PROFILE])
})

test('after five failures the store is not asked, and pages wait for nothing', async () => {
  const { store, page, reads, reader } = makeReader()
  store.delay = Number.MAX_SAFE_INTEGER
  store.delay = 1_000_000
  for (let at = 0; at < 5; at++) expect((await page(`v${at}`)).waited).toBe(20)
  expect(reader.state()).toBe('open')
  const before = store.asked.length
  expect(await page('next')).toEqual({ answer: expect.any(StoreBusyError), waited: 0 })
  expect(store.asked).toHaveLength(before)
  expect(reads.at(-1)).toEqual({ outcome: 'not-asked', waited: 0, breaker: 'open' })
})

test('a store that is back is found within about a second', async () => {
  const { store, page, reader } = makeReader()
  store.answer = new Error('gone')
  for (let at = 0; at < 5; at++) await page(`v${at}`)
  store.answer = PROFILE
  await vi.advanceTimersByTimeAsync(1_000)
  expect((await page()).answer).toEqual(PROFILE)
  expect(reader.state()).toBe('closed')
})

test('a thousand pages of one visitor at once are one question', async () => {
  const { store, reader } = makeReader()
  store.delay = 5
  const pages = Array.from({ length: 1_000 }, () => reader.load('v', PLAN))
  await vi.advanceTimersByTimeAsync(5)
  expect(new Set(await Promise.all(pages))).toEqual(new Set([PROFILE]))
  expect(store.asked).toEqual(['v'])
})

test('a store that never answers is given up after 100 ms, and nothing is left waiting', async () => {
  const { store, reader } = makeReader()
  store.delay = 1_000_000
  const page = reader.load('v', PLAN).catch(() => 'rejected')
  await vi.advanceTimersByTimeAsync(20)
  expect(await page).toBe('rejected')
  const again = reader.load('v', PLAN).catch(() => 'rejected')
  expect(store.asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(80)
  // The timer of the store itself is left; ours are not.
  expect(vi.getTimerCount()).toBe(1)
  expect(await again).toBe('rejected')
  void reader.load('v', PLAN).catch(() => {})
  await vi.advanceTimersByTimeAsync(0)
  expect(store.asked).toHaveLength(2)
})

test('a question whose host ended it, and its timers with it, keeps nobody from asking again', async () => {
  let time = 0
  const { store, reader } = makeReader({ clock: () => time })
  store.delay = 1_000_000
  void reader.load('v', PLAN).catch(() => {})
  await vi.advanceTimersByTimeAsync(0)
  vi.clearAllTimers()
  store.delay = 0
  time = 100
  void reader.load('v', PLAN).catch(() => {})
  time = 101
  await expect(reader.load('v', PLAN)).resolves.toEqual(PROFILE)
  expect(store.asked).toEqual(['v', 'v'])
})

test('a store that throws at once counts like one that rejects', async () => {
  const reader = guardReader({
    load: () => {
      throw new Error('broken')
    },
  })
  for (let at = 0; at < 5; at++) await expect(reader.load(`v${at}`, PLAN)).rejects.toThrow('broken')
  expect(reader.state()).toBe('open')
})
