import { join } from 'node:path'
import type { ProfileStore } from '@attune/storage'
import { createMemoryStore } from '@attune/storage/memory'
import { createRedisStore } from '@attune/storage/redis'
import { createSqliteStore } from '@attune/storage/sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../support/fault-folder.ts'
import { NO_REDIS, startRedis } from '../support/redis.ts'
import { type ConserveReport, conserve } from './conserve/conserve.ts'
import { SEED } from './scenarios/scenario.ts'

const EVENTS = 100_000

function expectWell({ ledger, made, seconds: _, visitors, ...rest }: ConserveReport): void {
  expect(rest).toEqual({ unaccounted: 0, lost: 0, doubled: 0, different: 0, miscounted: 0 })
  expect(visitors).toBeGreaterThan(0)
  // What was never heard of is accepted all the same, and found known when it comes again.
  const { accepted, duplicates, refused, unanswered } = ledger
  expect(accepted).toBeLessThanOrEqual(made)
  expect(made - accepted).toBeLessThanOrEqual(unanswered)
  expect(duplicates / made).toBeGreaterThan(0.02)
  expect(refused).toBeGreaterThan(0)
}

describe(`100,000 events, 5 % twice, 1 % late, shuffled (seed ${SEED}), are each kept once`, () => {
  test('in SQLite', async () => {
    const store = createSqliteStore({ path: join(makeFolder(onTestFinished), 'attune.db') })
    onTestFinished(() => store.close())
    expectWell(await conserve({ events: EVENTS, seed: SEED, store }))
  }, 120_000)

  test.skipIf(NO_REDIS)(
    `in Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
    async () => {
      const server = await startRedis()
      onTestFinished(() => server.stop())
      const store = createRedisStore({ url: server.url, timeout: 5_000 })
      onTestFinished(() => store.close())
      expectWell(await conserve({ events: EVENTS, seed: SEED, store }))
    },
    120_000,
  )
})

describe('a store that does not keep its word', () => {
  const spoil = (append: ProfileStore['append'], store: ProfileStore): ProfileStore => ({ ...store, append })
  const run = (store: ProfileStore) => conserve({ events: 2_000, seed: SEED, store })

  test('is found out when it loses one batch in a hundred', async () => {
    const store = createMemoryStore()
    const other = createMemoryStore()
    let asked = 0
    const forgetful = spoil((batch) => (asked++ % 100 === 7 ? other : store).append(batch), store)
    expect((await run(forgetful)).lost).toBeGreaterThan(0)
  })

  test('is found out when it counts one batch in a hundred twice', async () => {
    const store = createMemoryStore()
    let asked = 0
    const eager = spoil(async (batch) => {
      const result = await store.append(batch)
      if (asked++ % 100 !== 7) return result
      await store.append({
        ...batch,
        events: batch.events.map((event) => ({ ...event, id: `${event.id}-` })),
      })
      return result
    }, store)
    expect((await run(eager)).doubled).toBeGreaterThan(0)
  })
})
