import { afterEach, vi } from 'vitest'
import { makeEvent, PLAN } from '../../src/contract/builders.ts'
import type { AppendResult, ProfileStore } from '../../src/index.ts'
import { createRedisStore, type RedisStoreOptions } from '../../src/redis.ts'

/** Opens stores that are closed after each test of the file. A busy machine holds up every process on it: stores and tests wait long. */
export function openEachTime(): (options: RedisStoreOptions) => ProfileStore {
  vi.setConfig({ testTimeout: 30_000 })
  const stores: ProfileStore[] = []
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
  })
  return (options) => {
    const store = createRedisStore({ timeout: 5_000, ...options })
    stores.push(store)
    return store
  }
}

/** Appends one event. */
export function add(store: ProfileStore, id: string, visitor = 'v', minute = 0): Promise<AppendResult> {
  return store.append({ visitor, events: [makeEvent(id, minute)], plan: PLAN })
}

/** Asks until it is answered. */
export function eventually<T>(ask: () => Promise<T>): Promise<T> {
  return vi.waitFor(ask, { timeout: 20_000, interval: 50 })
}
