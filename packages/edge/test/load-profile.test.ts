import type { Profile } from '@attune/core'
import type { ProfileReader } from '@attune/storage'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadProfile } from '../src/profile/load-profile.ts'
import { ANNA, compiled, makeProfile } from './make.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function load(store: ProfileReader): {
  readonly loaded: Promise<Profile | null | undefined>
  readonly errors: readonly (readonly [message: string, step: string])[]
} {
  const errors: (readonly [string, string])[] = []
  const onError = (error: unknown, step: string) => errors.push([String(error), step])
  return { loaded: loadProfile(store, ANNA, compiled.plan, { deadline: 25, onError }), errors }
}

test('a profile that comes in time is given, and no timer is left', async () => {
  const profile = makeProfile()
  const asked: unknown[] = []
  const { loaded, errors } = load({
    load: async (...args) => {
      asked.push(args)
      return profile
    },
  })
  expect(await loaded).toBe(profile)
  expect(asked).toEqual([[ANNA, compiled.plan]])
  expect([vi.getTimerCount(), errors]).toEqual([0, []])
})

test('a visitor the store does not know has no profile', async () => {
  expect(await load({ load: async () => null }).loaded).toBeNull()
})

test('a store that hangs is left at the deadline, not before', async () => {
  const { loaded, errors } = load({ load: () => new Promise(() => {}) })
  const settled = vi.fn()
  void loaded.then(settled)
  await vi.advanceTimersByTimeAsync(24)
  expect(settled).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(settled).toHaveBeenCalledExactlyOnceWith(undefined)
  expect(errors).toEqual([['Error: [edge] loadProfile: no answer within 25 ms.', 'load-profile']])
})

test('a store that rejects after the deadline is heard and does no harm', async () => {
  const { loaded, errors } = load({
    load: () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 100)),
  })
  await vi.advanceTimersByTimeAsync(100)
  expect(await loaded).toBeUndefined()
  expect(errors.map(([message]) => message)).toEqual([
    'Error: [edge] loadProfile: no answer within 25 ms.',
    'Error: late',
  ])
})

test.each<[string, ProfileReader]>([
  ['rejects', { load: () => Promise.reject(new Error('down')) }],
  [
    'throws at once',
    {
      load: () => {
        throw new Error('down')
      },
    },
  ],
])('a store that %s gives no profile at once', async (_how, store) => {
  const { loaded, errors } = load(store)
  expect(await loaded).toBeUndefined()
  expect([vi.getTimerCount(), errors]).toEqual([0, [['Error: down', 'load-profile']]])
})
