import { compareEvents } from '@attune/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import { foldAll, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { useRedis } from './support/use-redis.ts'

const RUNS = process.env.ATTUNE_SOAK === '1' ? 2_000 : 40
const EVENTS = makeEvents(60)
const DAY = 86_400_000

describe.skipIf(NO_REDIS)(`merges of several processes${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  const redis = useRedis()
  let site = 0

  /** Commands of one process, each of whose scripts waits for its turn. */
  const heldBy = (scheduler: fc.Scheduler, who: string): RedisCommands => ({
    ...redis.commands,
    run: async (...asked) => {
      await scheduler.schedule(Promise.resolve(), who)
      return redis.commands.run(...asked)
    },
  })

  test(
    'one after another lose and double nothing, in whatever order their steps come',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const settings = { site: `site ${++site}`, patience: 30_000 }
          const store = createRedisStore('test', redis.commands, settings)
          const merge = (from: string, into: string) =>
            createRedisStore('test', heldBy(scheduler, `${from} to ${into}`), settings)
              .mergeVisitor(from, into, PLAN, NOON + ++site)
              .catch(() => {})
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

  test(
    'in a circle, all at once, end with every event once, and nobody on the way',
    async () => {
      const circle = ['anna', 'ben', 'cara']
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const settings = { site: `site ${++site}`, patience: 30_000 }
          const store = createRedisStore('test', redis.commands, settings)
          const merge = (from: string, into: string) =>
            createRedisStore('test', heldBy(scheduler, `${from} to ${into}`), settings)
              .mergeVisitor(from, into, PLAN, NOON)
              .catch(() => {})
          for (const [at, visitor] of circle.entries())
            await store.append({ visitor, events: EVENTS.slice(20 * at, 20 * at + 20), plan: PLAN })
          await scheduler.waitFor(Promise.all(circle.map((from, at) => merge(from, circle[(at + 1) % 3]!))))
          await store.sweep(NOON, { events: 90 * DAY, profiles: 400 * DAY })
          const records = await Promise.all(circle.map((visitor) => store.exportVisitor(visitor)))
          expect(records.flatMap((record) => record?.events ?? []).toSorted(compareEvents)).toEqual(EVENTS)
        }),
        { numRuns: RUNS, endOnFailure: true },
      )
    },
    RUNS * 3_000,
  )
})
