import type { AttuneEvent } from '@attune/core'
import { Redis } from '@upstash/redis'
import { describe, expect, test } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { makeEvents, PLAN } from '../src/contract/builders.ts'
import { describeProfileStore, describeQuarantine } from '../src/contract.ts'
import { createUpstashStore } from '../src/upstash.ts'
import { bridgeRedis } from './support/bridged-redis.ts'

// A busy machine holds up every process on it; the deadlines have tests of their own.
const timeout = 10_000
const patience = 30_000

describe.skipIf(NO_REDIS)(`on a bridge before a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  const redis = bridgeRedis()

  describeProfileStore('upstash', async () => {
    const site = redis.nextSite()
    const open = () => createUpstashStore({ ...redis.bridge, site, timeout, patience })
    return { store: open(), reopen: async () => open() }
  })

  describeQuarantine('upstash', async () => {
    const site = redis.nextSite()
    const open = () => createUpstashStore({ ...redis.bridge, site, timeout, patience })
    return { store: open(), reopen: async () => open() }
  })

  describeProfileStore('upstash through its own client', async () => {
    const site = redis.nextSite()
    const client = new Redis({
      ...redis.bridge,
      automaticDeserialization: false,
      enableTelemetry: false,
      retry: { retries: 0 },
      signal: () => AbortSignal.timeout(timeout),
    })
    const open = () => createUpstashStore({ client, site, timeout, patience })
    return { store: open(), reopen: async () => open() }
  })

  test('an append asks twice, thrice when an event comes late, and once when all of it is known', async () => {
    const store = createUpstashStore({ ...redis.bridge, site: redis.nextSite(), timeout })
    const events = makeEvents(6)
    const callsFor = async (batch: readonly AttuneEvent[]): Promise<number> => {
      const before = redis.bridge.calls()
      await store.append({ visitor: 'v', events: batch, plan: PLAN })
      return redis.bridge.calls() - before
    }
    await callsFor(events.slice(1, 3))
    expect(await callsFor(events.slice(3))).toBe(2)
    expect(await callsFor(events.slice(0, 1))).toBe(3)
    expect(await callsFor(events)).toBe(1)
  })
})
