import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { NOON, PLAN } from '../src/contract/builders.ts'
import { withPseudonyms } from '../src/pseudonyms.ts'
import { createQueuedStore, type QueueEntry } from '../src/queue.ts'
import { createRedisStore } from '../src/redis.ts'
import { createRedisQueue } from '../src/redis-queue.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { CANARY, findCanary, markedEvent, plant, spellings } from './support/canary.ts'
import { ACCOUNT, ACCOUNT_PLAN, BROWSERS, KEPT, OTHER, plantAccount } from './support/marked-account.ts'

vi.setConfig({ testTimeout: 60_000 })

const WAIT = { timeout: 30_000, interval: 100 }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a spelling is found wherever it begins', () => {
  for (const before of ['', 'a', 'ab', 'abc']) {
    const text = Buffer.from(`${before}${CANARY}${before}`)
    const forms = [text, Buffer.from(text.toString('base64')), Buffer.from(text.toString('hex'))]
    for (const form of forms) expect(spellings().some((spelling) => form.includes(spelling))).toBe(true)
  }
})

test.each([20, 120])(
  'of %i rounds nothing is left in any file of SQLite when the erasure is answered',
  async (rounds) => {
    const store = createSqliteStore({ path: join(folder, 'attune.db') })
    await plant(store, 'v', rounds)
    expect(findCanary(folder).length).toBeGreaterThan(0)
    expect(await store.erase('v', NOON)).toMatchObject({ profiles: 1, rejected: rounds, leftovers: [] })
    expect(findCanary(folder)).toEqual([])
    await plant(store, 'w', 0)
    expect(await store.load('other 1', PLAN)).not.toBeNull()
    await store.close()
    expect(findCanary(folder)).toEqual([])
  },
)

test('of a person with traits who signed in on two browsers nothing is left, whose ids are canaries too', async () => {
  const path = join(folder, 'attune.db')
  const store = withPseudonyms(createSqliteStore({ path }), 'a secret of the tests of thirty-two signs')
  await plantAccount(store)
  expect(findCanary(folder).length).toBeGreaterThan(0)
  const told = await store.exportVisitor(ACCOUNT)
  expect([told?.events.length, told?.profile?.traits.city]).toEqual([KEPT, `${ACCOUNT}-city`])
  expect(await store.erase(ACCOUNT, NOON + 2)).toMatchObject({ events: KEPT, rejected: 1, leftovers: [] })
  expect(findCanary(folder)).toEqual([])
  for (const visitor of [ACCOUNT, ...BROWSERS]) {
    const late = store.append({ visitor, events: [markedEvent('late', 1)], plan: ACCOUNT_PLAN })
    await expect(late).rejects.toMatchObject({ name: 'VisitorErasedError' })
  }
  expect((await store.exportVisitor(OTHER))?.events.length).toBe(4)
  await store.close()
  expect(findCanary(folder)).toEqual([])
})

describe.skipIf(NO_REDIS)(
  `on a real Redis with both kinds of files${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    test('nothing is left in its files nor in what it would write next, once they are written anew', async () => {
      // Compressed, a canary could hide.
      const files = ['--appendonly', 'yes', '--save', '3600 1', '--rdbcompression', 'no']
      const server = await startRedis(...files)
      const place = { url: server.url, site: 'canary', timeout: 5_000 }
      const queue = createRedisQueue(place)
      const store = createQueuedStore({ queue, store: createRedisStore(place), deadline: 5_000 })
      const [, dir] = (await server.ask('CONFIG', 'GET', 'dir')) as readonly [string, string]
      await plant(store, 'v', 30)
      await plant(createRedisStore(place), 'v', 30)
      const consumer = queue.consume()
      const taken: QueueEntry[] = []
      await expect
        .poll(async () => {
          taken.push(...(await consumer.take({ most: 500, wait: 20 })))
          return taken.some(({ visitor }) => visitor === 'v')
        }, WAIT)
        .toBe(true)
      const entry = taken.find(({ visitor }) => visitor === 'v')
      await consumer.setAside(entry!, 'it does not fold')
      await server.ask('SAVE')
      expect(findCanary(dir).length).toBeGreaterThan(1)
      const erased = await store.erase('v', NOON)
      expect(erased).toMatchObject({ profiles: 1, rejected: 60 })
      expect(erased.leftovers).toEqual([])
      expect(erased.queued).toBeGreaterThan(10)
      await expect.poll(() => findCanary(dir), WAIT).toEqual([])
      await expect.poll(() => server.ask('SAVE').catch(() => ''), WAIT).toBe('OK')
      expect(findCanary(dir)).toEqual([])
      const others = await store.exportVisitor('other 1')
      expect(others?.events.length).toBeGreaterThan(0)
      await store.close()
      await server.stop()
    })
  },
)
