import { appendFileSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { NO_REDIS, startRedis } from '../../../test/support/redis.ts'
import { makeEvent, NOON, PLAN } from '../src/contract/builders.ts'
import { type ErasingAgain, eraseAgain, openErasedList, withErasedList } from '../src/erased.ts'
import type { FilesAnew } from '../src/index.ts'
import { withPseudonyms } from '../src/pseudonyms.ts'
import { createRedisStore } from '../src/redis.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { findCanary, plant } from './support/canary.ts'

vi.setConfig({ testTimeout: 60_000 })

const SECRET = 'a secret of keys at rest that is long enough'
const VISITOR = 'AbCdEfGhIjKlMnOpQrStUv'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-'))
  mkdirSync(join(folder, 'elsewhere'))
  file = join(folder, 'elsewhere', 'erased.list')
})
afterEach(() => rmSync(folder, { recursive: true }))

function openSqlite(data: string) {
  const inner = createSqliteStore({ path: join(data, 'attune.db') })
  const list = openErasedList(file)
  return {
    store: withPseudonyms(withErasedList(inner, list), SECRET),
    again: () => eraseAgain(inner, list),
  }
}

test('whom a restored backup of SQLite brings back is erased again to the byte, and stays out', async () => {
  const [data, backup] = [join(folder, 'data'), join(folder, 'backup')]
  mkdirSync(data)
  const first = openSqlite(data)
  await plant(first.store, VISITOR, 20)
  await first.store.close()
  cpSync(data, backup, { recursive: true })
  const second = openSqlite(data)
  await second.store.erase(VISITOR, NOON)
  expect(await second.again()).toMatchObject({ listed: 1, again: 0 })
  await second.store.close()
  expect([findCanary(data), readFileSync(file, 'latin1').includes(VISITOR)]).toEqual([[], false])

  rmSync(data, { recursive: true })
  cpSync(backup, data, { recursive: true })
  expect(findCanary(data).length).toBeGreaterThan(0)
  const restored = openSqlite(data)
  expect(await restored.again()).toEqual({ listed: 1, again: 1, damaged: 0, leftovers: [] })
  expect(findCanary(data)).toEqual([])
  const late = { visitor: VISITOR, events: [makeEvent('late')], plan: PLAN }
  await expect(restored.store.append(late)).rejects.toMatchObject({ name: 'VisitorErasedError' })
  expect(await restored.again()).toMatchObject({ again: 0 })
  await restored.store.close()
})

/** Six visitors and an account, in the file that a backup from before their erasure brings back. */
async function restoreMany(data: string) {
  const visitors = Array.from({ length: 6 }, (_, at) => `visitor-${at}`)
  const first = openSqlite(data)
  for (const visitor of visitors) await plant(first.store, visitor, 1)
  await plant(first.store, 'browser', 1)
  await first.store.mergeVisitor('browser', 'account', PLAN, NOON)
  await first.store.close()
  const backup = join(folder, 'backup')
  cpSync(data, backup, { recursive: true })
  const second = openSqlite(data)
  for (const visitor of [...visitors, 'account']) await second.store.erase(visitor, NOON)
  await second.store.close()
  rmSync(data, { recursive: true })
  cpSync(backup, data, { recursive: true })
}

/** A store that notes which files its erasures write anew. */
function openNoting(data: string) {
  const inner = createSqliteStore({ path: join(data, 'attune.db') })
  const written: (FilesAnew | undefined)[] = []
  const noting: typeof inner = Object.create(inner)
  noting.erase = async (visitor, at, files) => {
    const erased = await inner.erase(visitor, at, files)
    written.push(files)
    return erased
  }
  const again = (how?: ErasingAgain) => eraseAgain(noting, openErasedList(file), how)
  return { store: inner, again, written }
}

test('however many are erased again, the file is written anew once, and to the byte', async () => {
  const data = join(folder, 'data')
  mkdirSync(data)
  await restoreMany(data)
  const { store, again, written } = openNoting(data)
  // The browser goes with its account.
  expect(await again()).toEqual({ listed: 8, again: 8, damaged: 0, leftovers: [] })
  expect(written.filter((files) => files !== 'none')).toEqual(['all'])
  expect(findCanary(data)).toEqual([])
  await store.close()
})

test.each([1, 6, 7])(
  'broken off after %i the next time finds what is left, and writes the file anew',
  async (count) => {
    const data = join(folder, 'data')
    mkdirSync(data)
    await restoreMany(data)
    const first = openNoting(data)
    const begun = await first.again({ isEnded: () => first.written.length >= count })
    expect(begun).toMatchObject({ listed: 8, again: count === 7 ? 8 : count })
    await first.store.close()
    const second = openNoting(data)
    const told: number[] = []
    const rest = await second.again({
      around: (again, act) => {
        told.push(again)
        return act()
      },
    })
    expect([rest.again, told]).toEqual(count === 7 ? [0, []] : [8 - count, [8 - count]])
    expect(findCanary(data)).toEqual([])
    await second.store.close()
  },
)

test('a browser that was merged after the backup goes with its account', async () => {
  const [data, backup] = [join(folder, 'data'), join(folder, 'backup')]
  mkdirSync(data)
  const first = openSqlite(data)
  await plant(first.store, VISITOR, 3)
  await first.store.close()
  cpSync(data, backup, { recursive: true })
  const second = openSqlite(data)
  await second.store.mergeVisitor(VISITOR, 'account', PLAN, NOON)
  await second.store.erase('account', NOON)
  await second.store.close()
  rmSync(data, { recursive: true })
  cpSync(backup, data, { recursive: true })
  const restored = openSqlite(data)
  expect(await restored.again()).toMatchObject({ listed: 2, again: 2 })
  expect(findCanary(data)).toEqual([])
  await restored.store.close()
})

describe.skipIf(NO_REDIS)(`in Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  test('whom a restored snapshot brings back is erased again', async () => {
    const redis = await startRedis('--dbfilename', 'dump.rdb')
    try {
      const open = () => {
        const inner = createRedisStore({ url: redis.url, timeout: 5_000 })
        const list = openErasedList(file)
        return {
          store: withPseudonyms(withErasedList(inner, list), SECRET),
          again: () => eraseAgain(inner, list),
        }
      }
      const first = open()
      await plant(first.store, VISITOR, 5)
      await redis.ask('SAVE')
      const [snapshot, backup] = [join(redis.folder, 'dump.rdb'), join(folder, 'dump.rdb')]
      copyFileSync(snapshot, backup)
      await first.store.erase(VISITOR, NOON)
      await first.store.close()
      await redis.kill()
      copyFileSync(backup, snapshot)
      await redis.restart()
      const restored = open()
      expect(await restored.store.exportVisitor(VISITOR)).not.toBeNull()
      expect(await restored.again()).toMatchObject({ listed: 1, again: 1 })
      expect(await restored.store.exportVisitor(VISITOR)).toBeNull()
      expect(await restored.again()).toMatchObject({ again: 0 })
      await redis.ask('SAVE')
      expect(findCanary(redis.folder)).toEqual([])
      await restored.store.close()
    } finally {
      await redis.stop()
    }
  })
})

test('an id that is kept as it is gets into no list, and is not erased behind its back', async () => {
  const inner = createSqliteStore({ path: join(folder, 'attune.db') })
  const store = withErasedList(inner, openErasedList(file))
  await store.append({ visitor: VISITOR, events: [makeEvent('a')], plan: PLAN })
  await expect(store.erase(VISITOR, NOON)).rejects.toThrow('attune rekey')
  expect(await store.exportVisitor(VISITOR)).not.toBeNull()
  await store.close()
})

test('who cannot be listed is not erased', async () => {
  const inner = createSqliteStore({ path: join(folder, 'attune.db') })
  const store = withPseudonyms(withErasedList(inner, openErasedList(join(folder, 'no', 'volume'))), SECRET)
  await store.append({ visitor: VISITOR, events: [makeEvent('a')], plan: PLAN })
  await expect(store.erase(VISITOR, NOON)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await store.exportVisitor(VISITOR)).not.toBeNull()
  await store.close()
})

test('what a crash left of a line takes no other along', async () => {
  const list = openErasedList(file)
  await list.add([{ key: 'one', at: 1 }])
  appendFileSync(file, '1700000000')
  await list.add([{ key: 'two words', at: 2 }])
  expect(await openErasedList(file).read()).toEqual({
    entries: [
      { key: 'one', at: 1 },
      { key: 'two words', at: 2 },
    ],
    damaged: 1,
  })
})

test('whom two processes erase at once stand in the list, each whole', async () => {
  const lists = [openErasedList(file), openErasedList(file)]
  await Promise.all(Array.from({ length: 200 }, (_, at) => lists[at % 2]!.add([{ key: `key-${at}`, at }])))
  const { entries, damaged } = await lists[0]!.read()
  expect([new Set(entries.map(({ key }) => key)).size, damaged]).toEqual([200, 0])
})
