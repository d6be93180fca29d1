import { StoreBusyError } from '@attune/storage'
import type { ErasingAgain } from '@attune/storage/erased'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test, vi } from 'vitest'
import type { Auditor } from '../../src/rights/create-auditor.ts'
import { holdErased, refuseWhile } from '../../src/serve/hold-erased.ts'

const DONE = { listed: 3, again: 2, damaged: 1, leftovers: [] }

function makeHearing() {
  return { warn: vi.fn(), onError: vi.fn(), isEnded: () => false, wait: async () => {} }
}

test('a store that is away is asked each second until it answers, and tells of nobody before', async () => {
  const pauses: number[] = []
  const hearing = { ...makeHearing(), wait: async (ms: number) => void pauses.push(ms) }
  const away = new StoreBusyError('away')
  const eraseAgain = vi.fn().mockResolvedValue(DONE)
  for (let time = 0; time < 60; time++) eraseAgain.mockRejectedValueOnce(away)
  const held = await holdErased(eraseAgain, hearing)
  const inner = createMemoryStore()
  const load = vi.spyOn(inner, 'load')
  const store = refuseWhile(inner, held.isHeld)
  const asked = store.load('v', { id: 'none', keys: [], signals: [] })
  await expect(asked).rejects.toThrow(StoreBusyError)
  await vi.waitFor(() => expect(hearing.warn).toHaveBeenCalled())
  expect(await store.load('v', { id: 'none', keys: [], signals: [] })).toBeNull()
  expect([eraseAgain.mock.calls.length, load.mock.calls.length]).toEqual([61, 1])
  expect(new Set(pauses)).toEqual(new Set([1_000]))
  expect(hearing.warn.mock.calls).toEqual([[expect.stringContaining('2 who had been erased')]])
})

test('it is written down where anybody is erased, and whoever is to end is asked before each', async () => {
  const written: unknown[] = []
  const isEnded = vi.fn(() => true)
  const writeDown: Auditor['act'] = async (entry, act) => {
    const { value, counts } = await act()
    written.push([entry, counts])
    return value
  }
  const eraseAgain = async ({ isEnded, around }: ErasingAgain) => {
    isEnded?.()
    return around!(2, async () => DONE)
  }
  await holdErased(eraseAgain, { ...makeHearing(), isEnded, writeDown })
  expect(isEnded).toHaveBeenCalledTimes(1)
  expect(written).toEqual([
    [
      { action: 'profile.erase', actor: 'system' },
      { listed: 3, again: 2 },
    ],
  ])
})

test('what is wrong with the list keeps the server from starting', async () => {
  const broken = () => Promise.reject(new Error('the list cannot be read'))
  await expect(holdErased(broken, makeHearing())).rejects.toThrow('the list cannot be read')
})

test('where nothing was restored nothing is said, and lines that hold no entry are', async () => {
  const hearing = makeHearing()
  await holdErased(async () => ({ ...DONE, again: 0 }), hearing)
  expect(hearing.warn).not.toHaveBeenCalled()
  await holdErased(async () => ({ ...DONE, again: 0, damaged: 2 }), hearing)
  expect(hearing.warn.mock.calls).toEqual([[expect.stringContaining('2 lines')]])
})
