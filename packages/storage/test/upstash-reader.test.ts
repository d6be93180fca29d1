import { describe, expect, test } from 'vitest'
import { readSources, resolveImport } from '../../../test/architecture/source.ts'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { startUpstashBridge } from '../../../test/support/upstash-bridge.ts'
import { storeKeys } from '../src/commands/store-keys.ts'
import { makeEvents, NEXT_PLAN, PLAN } from '../src/contract/builders.ts'
import { createUpstashReader, createUpstashStore } from '../src/upstash.ts'
import { bridgeRedis } from './support/bridged-redis.ts'

const timeout = 10_000

describe.skipIf(NO_REDIS)(
  `reading through a bridge before a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    const redis = bridgeRedis()

    /** A store that knows the visitor `v`, and a reader beside it. */
    async function makeKept(count: number, visitor = 'v') {
      const site = redis.nextSite()
      const store = createUpstashStore({ ...redis.bridge, site, timeout })
      if (count > 0) await store.append({ visitor, events: makeEvents(count), plan: PLAN })
      return { site, store, reader: createUpstashReader({ ...redis.bridge, site, timeout }) }
    }

    test.each([
      ['nobody has heard of', 0, PLAN],
      ['folded for the plan that is asked for', 40, PLAN],
      ['folded for another plan', 40, NEXT_PLAN],
      ['folded for another plan, with a base', 400, NEXT_PLAN],
    ])('a profile %s is what the store answers, by one request', async (_, count, plan) => {
      const { store, reader } = await makeKept(count)
      const calls = redis.bridge.calls()
      const read = await reader.load('v', plan)
      expect(redis.bridge.calls() - calls).toBe(1)
      expect(read).toEqual(await store.load('v', plan))
      expect(read === null).toBe(count === 0)
    })

    test('one request is enough when the service knows no script', async () => {
      const { reader } = await makeKept(5)
      await redis.server.ask('SCRIPT', 'FLUSH')
      const calls = redis.bridge.calls()
      expect(await reader.load('v', PLAN)).not.toBeNull()
      expect(redis.bridge.calls() - calls).toBe(1)
    })

    test('a profile whose plan is lost is filled from what its recent events say, by one request', async () => {
      const { site, store, reader } = await makeKept(40)
      await redis.server.ask('HDEL', storeKeys(site).plans, PLAN.id)
      const calls = redis.bridge.calls()
      const read = await reader.load('v', NEXT_PLAN)
      expect(redis.bridge.calls() - calls).toBe(1)
      const fresh = createUpstashStore({ ...redis.bridge, site, timeout })
      expect(read).toEqual(await fresh.load('v', NEXT_PLAN))
      await Promise.all([store.close(), fresh.close()])
    })

    test('visitors may be any text, and sites do not see each other', async () => {
      const visitors = ['__proto__', 'a:b}', '{', 'ü😀', 'a\u0000b', ' ', '../x']
      for (const visitor of visitors) {
        const { reader } = await makeKept(3, visitor)
        expect(await reader.load(visitor, PLAN)).not.toBeNull()
        expect(await reader.load('v', PLAN)).toBeNull()
        expect(
          await createUpstashReader({ ...redis.bridge, site: 'another', timeout }).load(visitor, PLAN),
        ).toBeNull()
      }
    })

    test('reading changes nothing: a user who may only read is enough', async () => {
      const own = await startRedis()
      const before = await startUpstashBridge({ redis: own.port })
      try {
        await createUpstashStore({ ...before, timeout }).append({
          visitor: 'v',
          events: makeEvents(40),
          plan: PLAN,
        })
        await own.ask('ACL', 'SETUSER', 'default', 'resetkeys', '%R~*', '-@all', '+eval_ro', '+@read')
        expect(await createUpstashReader({ ...before, timeout }).load('v', NEXT_PLAN)).not.toBeNull()
      } finally {
        await before.close()
        await own.stop()
      }
    })
  },
)

test('nothing that Upstash is reached with needs Node.js or a vendor package', () => {
  const sources = new Map(readSources().map((source) => [source.path, source]))
  const seen = new Set(['packages/storage/src/upstash.ts'])
  const foreign: string[] = []
  for (const path of seen) {
    for (const specifier of sources.get(path)!.imports) {
      if (specifier.startsWith('.')) seen.add(resolveImport(path, specifier))
      else if (specifier !== '@attune/core') foreign.push(`${path} → ${specifier}`)
    }
  }
  expect(seen.size).toBeGreaterThan(15)
  expect(foreign).toEqual([])
}, 60_000)
