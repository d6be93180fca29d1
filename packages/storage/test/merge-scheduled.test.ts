import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import { foldAll, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { connectRedis } from '../src/drivers/connect-redis.ts'

const RUNS = process.env.ATTUNE_SOAK === '1' ? 2_000 : 40
const EVENTS = makeEvents(60)

describe.skipIf(NO_REDIS)(`merges of several processes${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let server: RedisServer
  let commands: RedisCommands
  let site = 0
  beforeAll(async () => {
    server = await startRedis()
    commands = connectRedis('test', { url: server.url, timeout: 20_000 })
  })
  afterAll(async () => {
    await commands.close()
    await server.stop()
  })

  test(
    'one after another lose and double nothing, in whatever order their steps come',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const settings = { site: `site ${++site}`, patience: 30_000 }
          const store = createRedisStore('test', commands, settings)
          const merge = (from: string, into: string) => {
            const held: RedisCommands = {
              ...commands,
              run: async (...asked) => {
                await scheduler.schedule(Promise.resolve(), `${from} to ${into}`)
                return commands.run(...asked)
              },
            }
            const own = createRedisStore('test', held, settings)
            return own.mergeVisitor(from, into, PLAN, NOON + ++site).catch(() => {})
          }
          await store.append({ visitor: 'person', events: EVENTS.slice(0, 5), plan: PLAN })
          await store.append({ visitor: 'account', events: EVENTS.slice(5, 10), plan: PLAN })
          await store.append({ visitor: 'phone', events: EVENTS.slice(10), plan: PLAN })
          const merges = [merge('phone', 'account'), merge('account', 'person'), merge('phone', 'person')]
          await scheduler.waitFor(Promise.all(merges))
          for (const from of ['account', 'phone'])
            await store.mergeVisitor(from, 'person', PLAN, NOON + ++site)
          expect((await store.exportVisitor('person'))?.events).toEqual(EVENTS)
          const { signals } = (await store.load('person', PLAN)) ?? {}
          expect(signals?.['total view_item']).toEqual(foldAll(EVENTS).signals['total view_item'])
          expect([...(await store.absorbedBy('person'))].sort()).toEqual(['account', 'phone'])
        }),
        { numRuns: RUNS, endOnFailure: true },
      )
    },
    RUNS * 3_000,
  )
})
