import type { AttuneEvent } from '@attune/core'
import { Redis } from '@upstash/redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { startUpstashBridge, type UpstashBridge } from '../../../test/support/upstash-bridge.ts'
import { makeEvents, PLAN } from '../src/contract/builders.ts'
import { describeProfileStore } from '../src/contract.ts'
import { createUpstashStore } from '../src/upstash.ts'

// A busy machine holds up every process on it; the deadlines have tests of their own.
const timeout = 10_000
const patience = 30_000

describe.skipIf(NO_REDIS)(`on a bridge before a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let server: RedisServer
  let bridge: UpstashBridge
  let sites = 0
  beforeAll(async () => {
    server = await startRedis()
    bridge = await startUpstashBridge({ redis: server.port })
  })
  afterAll(async () => {
    await bridge.close()
    await server.stop()
  })

  describeProfileStore('upstash', async () => {
    const site = `site ${++sites}`
    const open = () => createUpstashStore({ ...bridge, site, timeout, patience })
    return { store: open(), reopen: async () => open() }
  })

  describeProfileStore('upstash through its own client', async () => {
    const site = `site ${++sites}`
    const client = new Redis({
      ...bridge,
      automaticDeserialization: false,
      enableTelemetry: false,
      retry: { retries: 0 },
      signal: () => AbortSignal.timeout(timeout),
    })
    const open = () => createUpstashStore({ client, site, timeout, patience })
    return { store: open(), reopen: async () => open() }
  })

  test('an append asks twice, thrice when an event comes late, and once when all of it is known', async () => {
    const store = createUpstashStore({ ...bridge, site: `site ${++sites}`, timeout })
    const events = makeEvents(6)
    const callsFor = async (batch: readonly AttuneEvent[]): Promise<number> => {
      const before = bridge.calls()
      await store.append({ visitor: 'v', events: batch, plan: PLAN })
      return bridge.calls() - before
    }
    await callsFor(events.slice(1, 3))
    expect(await callsFor(events.slice(3))).toBe(2)
    expect(await callsFor(events.slice(0, 1))).toBe(3)
    expect(await callsFor(events)).toBe(1)
  })
})
