import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NEXT_PLAN, NOON, PLAN } from '../src/contract/builders.ts'
import { createMemoryStore } from '../src/memory.ts'
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

test('memory and SQLite answer the same to the same appends, plans and sweeps', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attune-'))
  const sqlite = createSqliteStore({ path: join(folder, 'attune.db') })
  const memory = createMemoryStore()
  let visitors = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14, size: 'max' }), async (steps) => {
      const visitor = `v${visitors++}`
      for (const one of steps) {
        const ask =
          'sweep' in one
            ? (store: typeof memory) => store.sweep(NOON + one.sweep * DAY, { events: 0, profiles: 25 * DAY })
            : (store: typeof memory) => store.append({ visitor, ...one })
        expect(await ask(sqlite)).toEqual(await ask(memory))
      }
      expect(await sqlite.load(visitor, PLAN)).toEqual(await memory.load(visitor, PLAN))
    }),
    { numRuns: 60, endOnFailure: true },
  )
  await sqlite.close()
  await rm(folder, { recursive: true })
}, 60_000)
