import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { NEXT_PLAN, NOON, PLAN } from '../src/contract/builders.ts'
import { createMemoryStore } from '../src/memory.ts'
import type { ProfileStore } from '../src/profile-store.ts'
import { createRedisStore } from '../src/redis.ts'
import { createSqliteStore } from '../src/sqlite.ts'

const DAY = 86_400_000
const event = fc.record({
  id: fc.integer({ min: 0, max: 400 }).map((number) => `e${number}`),
  name: fc.constantFrom('view_item', 'add_to_cart', 'purchase', 'unheard_of'),
  time: fc.integer({ min: -20_000, max: 20_000 }).map((minute) => NOON + minute * 60_000),
  properties: fc.record({ item_category: fc.constantFrom('hiking', 'climbing'), item_id: fc.jsonValue() }),
})
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      events: fc.array(event, { maxLength: 60, size: 'max' }),
      plan: fc.oneof({ weight: 5, arbitrary: fc.constant(PLAN) }, fc.constant(NEXT_PLAN)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ sweep: fc.integer({ min: 0, max: 30 }) }) },
)

async function expectAgreement(other: ProfileStore): Promise<void> {
  const memory = createMemoryStore()
  let visitors = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14, size: 'max' }), async (steps) => {
      const visitor = `v${visitors++}`
      for (const one of steps) {
        const ask =
          'sweep' in one
            ? (store: ProfileStore) => store.sweep(NOON + one.sweep * DAY, { events: 0, profiles: 25 * DAY })
            : (store: ProfileStore) => store.append({ visitor, ...one })
        expect(await ask(other)).toEqual(await ask(memory))
      }
      expect(await other.load(visitor, PLAN)).toEqual(await memory.load(visitor, PLAN))
    }),
    { numRuns: 60, endOnFailure: true },
  )
  await other.close()
}

test('memory and SQLite answer the same to the same appends, plans and sweeps', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attune-'))
  await expectAgreement(createSqliteStore({ path: join(folder, 'attune.db') }))
  await rm(folder, { recursive: true })
}, 60_000)

test.skipIf(NO_REDIS)(
  `memory and Redis do so as well${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  async () => {
    const server = await startRedis()
    await expectAgreement(createRedisStore({ url: server.url, timeout: 5_000 }))
    await server.stop()
  },
  60_000,
)
