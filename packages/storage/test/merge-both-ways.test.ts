import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import type { SuiteStore } from '../src/contract/asked-store.ts'
import { foldAll, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { isMoved } from '../src/store-error.ts'
import { dyingCommands } from './support/dying-commands.ts'
import { useRedis } from './support/use-redis.ts'

vi.setConfig({ testTimeout: 120_000 })

// More than a merge has, so that the last of them is not killed at all.
const STEPS = 12
const RUNS = process.env.ATTUNE_SOAK === '1' ? 2_000 : 40
const EVENTS = makeEvents(40)
const KILLS = [
  { step: 0, when: 'before' as const },
  ...Array.from({ length: STEPS }, (_, step) => ({ step, when: 'after' as const })),
]

type Pair = readonly [from: string, into: string]
// Which of two ids is the smaller one decides where the two merges meet.
const PAIRS: readonly Pair[] = [
  ['anna', 'ben'],
  ['ben', 'anna'],
]

describe.skipIf(NO_REDIS)(
  `two merges of the same two, each the other way round${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    const redis = useRedis()
    let site = 0

    async function plant() {
      const settings = { site: `site ${++site}`, patience: 30_000 }
      const store = createRedisStore('test', redis.commands, settings)
      await store.append({ visitor: 'anna', events: EVENTS.slice(0, 15), plan: PLAN })
      await store.append({ visitor: 'ben', events: EVENTS.slice(15), plan: PLAN })
      return { store, over: (others: RedisCommands) => createRedisStore('test', others, settings) }
    }

    /** Merges, and tells whom the two are one as. */
    const merged = async (store: SuiteStore, [from, into]: Pair): Promise<string> => {
      try {
        await store.mergeVisitor(from, into, PLAN, NOON + 9)
        return into
      } catch (error) {
        if (!isMoved(error)) throw error
        return error.into
      }
    }

    async function expectOne(store: SuiteStore, one: string): Promise<void> {
      const other = one === 'anna' ? 'ben' : 'anna'
      expect((await store.exportVisitor(one))?.events).toEqual(EVENTS)
      expect((await store.load(one, PLAN))?.signals).toEqual(foldAll(EVENTS).signals)
      expect(await store.absorbedBy(one)).toEqual([other])
      const late = store.append({ visitor: other, events: [], plan: PLAN })
      await expect(late).rejects.toMatchObject({ name: 'VisitorMovedError', into: one })
    }

    test.each(PAIRS)(
      'end as one, killed at any two of their steps, when %s is then merged into %s',
      async (...asked) => {
        for (const [from, into] of PAIRS) {
          for (const first of KILLS) {
            for (const second of KILLS) {
              const { store, over } = await plant()
              const [one, other] = [first, second].map(({ step, when }) =>
                over(dyingCommands(redis.commands, step, when)),
              )
              await one!.mergeVisitor(from, into, PLAN, NOON).catch(() => {})
              await other!.mergeVisitor(into, from, PLAN, NOON + 1).catch(() => {})
              await expectOne(store, await merged(store, asked))
            }
          }
        }
      },
    )

    test(
      'end as one when they run at once, in whatever order their steps come',
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.scheduler(), async (scheduler) => {
            const { store, over } = await plant()
            const merge = (pair: Pair): Promise<string> => {
              const held: RedisCommands = {
                ...redis.commands,
                run: async (...given) => {
                  await scheduler.schedule(Promise.resolve(), pair.join(' to '))
                  return redis.commands.run(...given)
                },
              }
              return merged(over(held), pair)
            }
            const merges = Promise.all([...PAIRS, ...PAIRS].map(merge))
            await scheduler.waitFor(merges)
            const [one, ...others] = await merges
            expect(new Set(others)).toEqual(new Set([one]))
            await expectOne(store, one!)
          }),
          { numRuns: RUNS, endOnFailure: true },
        )
      },
      RUNS * 3_000,
    )
  },
)
