import { expect, test, vi } from 'vitest'
import { patiently } from '../src/host/patiently.ts'

const never = new Promise<undefined>(() => {})
const held: Promise<unknown>[] = []
const waitUntil = (work: Promise<unknown>): void => void held.push(work)

test('what is there in time is taken', async () => {
  expect(await patiently(50, async () => 'new')(waitUntil)).toBe('new')
})

test('what is not there in time is gone on without', async () => {
  vi.useFakeTimers()
  const answer = patiently(50, () => never)(waitUntil)
  await vi.advanceTimersByTimeAsync(50)
  expect(await answer).toBeUndefined()
  vi.useRealTimers()
})

test('what hangs leaves what there was before', async () => {
  vi.useFakeTimers()
  let next: Promise<string | undefined> = Promise.resolve('old')
  const ask = patiently(50, () => next)
  await ask(waitUntil)
  next = never
  const answer = ask(waitUntil)
  await vi.advanceTimersByTimeAsync(50)
  expect(await answer).toBe('old')
  vi.useRealTimers()
})

test('the work is kept alive behind the answer, and no timer is left of it', async () => {
  vi.useFakeTimers()
  held.length = 0
  await patiently(50, async () => 'new')(waitUntil)
  expect(await Promise.all(held)).toEqual(['new'])
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

test('work that fails is said to whoever asks', async () => {
  const failing = async (): Promise<undefined> => {
    throw new Error('broken')
  }
  const quiet = (work: Promise<unknown>): void => void work.catch(() => {})
  await expect(patiently(50, failing)(quiet)).rejects.toThrow('broken')
})
