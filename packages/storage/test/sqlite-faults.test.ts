import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { foldAll, makeEvent, makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { createConnection } from '../src/drivers/sqlite-connection.ts'
import { openDatabase } from '../src/drivers/sqlite-database.ts'
import { KEPT_REJECTIONS, type ProfileStore, StoreBusyError, StoreWriteError } from '../src/index.ts'
import { createSqliteStore } from '../src/sqlite.ts'

const run = promisify(execFile)
const child = fileURLToPath(new URL('./support/append-events.ts', import.meta.url))

// Each test starts threads of its own, and those of a busy machine take their time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

// Holds the whole file for ten times the busy timeout of these tests.
const MAKER = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const file = new DatabaseSync(workerData)
  file.exec('BEGIN EXCLUSIVE')
  parentPort.postMessage('held')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
  file.close()`

let folder: string
let path: string
const stores: ProfileStore[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-'))
  path = join(folder, 'attune.db')
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await rm(folder, { recursive: true })
})

function open(at: string = path): ProfileStore {
  const store = createSqliteStore({ path: at, busyTimeout: 40 })
  stores.push(store)
  return store
}

const add = (store: ProfileStore, id: string, changes: object = {}, visitor = 'v') =>
  store.append({ visitor, events: [makeEvent(id, 0, changes)], plan: PLAN })

describe('a database that another process holds', () => {
  test('makes an append fail soon, and the next one after it is free succeed', async () => {
    const store = open()
    await add(store, 'a')
    const other = new DatabaseSync(path, { timeout: 2_000 })
    other.exec('BEGIN IMMEDIATE')
    await expect(add(store, 'b')).rejects.toThrow(StoreBusyError)
    expect(await store.load('v', PLAN)).not.toBeNull()
    other.exec('COMMIT')
    other.close()
    expect((await add(store, 'b')).accepted).toEqual(['b'])
  })

  test('holds up no page: profiles are read beside the writes that wait', async () => {
    const store = open()
    await add(store, 'a')
    await store.load('v', PLAN)
    const other = new DatabaseSync(path, { timeout: 2_000 })
    other.exec('BEGIN IMMEDIATE')
    const order: string[] = []
    const append = add(store, 'b').catch(() => order.push('append'))
    await store.load('v', PLAN).then(() => order.push('load'))
    await append
    other.close()
    expect(order).toEqual(['load', 'append'])
  })

  test('refuses at once what comes when two thousand writes wait already', async () => {
    const store = open()
    await add(store, 'a')
    const other = new DatabaseSync(path, { timeout: 2_000 })
    other.exec('BEGIN IMMEDIATE')
    const appends = Array.from({ length: 2_300 }, (_, at) => add(store, `e${at}`, {}, `v${at}`))
    const outcomes = await Promise.allSettled(appends)
    other.close()
    const reasons = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? String(outcome.reason) : 'kept',
    )
    expect(reasons.filter((reason) => reason.includes('writes wait already')).length).toBeGreaterThan(0)
    expect(reasons).not.toContain('kept')
  })

  test('is not written to later by what was told that it failed, and a thread that hangs is asked no more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const connection = createConnection({ path, busyTimeout: 20_000 })
    const rejectOne = (reason: string) =>
      connection.ask('write', { writes: [{ kind: 'reject', rejected: [{ reason, time: NOON, event: '' }] }] })
    await rejectOne('before')
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const asked = Array.from({ length: 9 }, () => rejectOne('late').catch((error: Error) => error))
    vi.advanceTimersByTime(5_000)
    expect(new Set((await Promise.all(asked)).map((error) => error instanceof StoreBusyError))).toEqual(
      new Set([true]),
    )
    await expect(rejectOne('next')).rejects.toThrow('9 questions are overdue')
    other.exec('COMMIT')
    other.close()
    await expect
      .poll(() => connection.ask('counts', {}).catch(() => undefined), { timeout: 10_000 })
      .toMatchObject({ before: 1 })
    // The first was under way already; the thread may have had it before the file was free.
    const { late = 0 } = await connection.ask('counts', {})
    expect(late).toBeLessThanOrEqual(1)
    await connection.end()
  })

  test('never holds up the event loop', async () => {
    const store = open()
    await add(store, 'a')
    const other = new DatabaseSync(path, { timeout: 2_000 })
    other.exec('BEGIN IMMEDIATE')
    let turns = 0
    let waiting = true
    const append = add(store, 'b').catch(() => {
      waiting = false
    })
    while (waiting) {
      turns++
      await new Promise((resolve) => setImmediate(resolve))
    }
    await append
    other.close()
    // Held up, it would turn once or twice; a busy machine still gives it many turns.
    expect(turns).toBeGreaterThan(10)
  })
})

describe('one bad write', () => {
  const failWith = (how: string) => {
    const other = new DatabaseSync(path, { timeout: 2_000 })
    other.exec(
      `CREATE TRIGGER bad BEFORE INSERT ON events WHEN NEW.name = 'bad' BEGIN SELECT RAISE(${how}, 'no'); END`,
    )
    other.close()
  }
  const group = (store: ProfileStore) =>
    Promise.allSettled([add(store, 'a'), add(store, 'b', { name: 'bad' }), add(store, 'c'), store.reject([])])

  test('of a group fails alone, and nothing of it stays', async () => {
    const store = open()
    await add(store, 'first')
    failWith('ABORT')
    const results = await group(store)
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    const half = [makeEvent('d'), makeEvent('e', 0, { name: 'bad' })]
    await expect(store.append({ visitor: 'v', events: half, plan: PLAN })).rejects.toThrow(StoreWriteError)
    const good = ['first', 'a', 'c'].map((id) => makeEvent(id))
    expect(await store.load('v', PLAN)).toEqual(foldAll(good))
    expect((await add(store, 'd')).accepted).toEqual(['d'])
  })

  test('that loses the whole transaction fails every write of its group, and the store goes on', async () => {
    const store = open()
    await add(store, 'first')
    failWith('ROLLBACK')
    const results = await group(store)
    expect(results.slice(0, 3).map((result) => result.status === 'rejected' && result.reason)).toEqual(
      Array(3).fill(expect.any(StoreWriteError)),
    )
    expect(await store.load('v', PLAN)).toEqual(foldAll([makeEvent('first')]))
    expect((await add(store, 'a')).accepted).toEqual(['a'])
  })
})

describe('a file', () => {
  test('is one, however its path is written, and its stores share it', async () => {
    await symlink(folder, `${folder}-link`)
    const one = open()
    const two = open(join(`${folder}-link`, '.', 'attune.db'))
    const events = makeEvents(40)
    await Promise.all(
      events.map((event, at) => [one, two][at % 2]!.append({ visitor: 'v', events: [event], plan: PLAN })),
    )
    await one.close()
    expect(await two.load('v', PLAN)).toEqual(foldAll(events))
    await rm(`${folder}-link`)
  })

  test('and its folder are made, for the owner alone', async () => {
    const deep = join(folder, 'a', 'b', 'attune.db')
    await add(open(deep), 'a')
    expect((await stat(deep)).mode & 0o777).toBe(0o600)
    expect((await stat(`${deep}-wal`)).mode & 0o077).toBe(0)
    expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700)
  })

  test('that is new may be read and written at the same time', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const store = open(join(folder, name))
      const asked = await Promise.all([store.load('v', PLAN), add(store, 'a'), store.rejectedCounts()])
      expect(asked[1].accepted).toEqual(['a'])
    }
  })

  test('that another thread is making at this moment is waited for, longer than one that is merely held', async () => {
    const maker = new Worker(MAKER, { eval: true, workerData: path })
    const gone = once(maker, 'exit')
    await once(maker, 'message')
    const { sql, close } = openDatabase(path, 40)
    expect(sql('SELECT count(*) AS n FROM events').get()).toEqual({ n: 0 })
    close()
    await gone
  })

  test('that is no database fails each write, and serves again once it is gone', async () => {
    await writeFile(path, 'this is no database, whatever it is called'.repeat(100))
    const store = open()
    await expect(add(store, 'a')).rejects.toThrow(StoreWriteError)
    await expect(store.load('v', PLAN)).rejects.toThrow(/not a database/)
    await rm(path)
    expect((await add(store, 'a')).accepted).toEqual(['a'])
  })

  test('of a later version is left alone', async () => {
    const other = new DatabaseSync(path, { timeout: 2_000 })
    other.exec('PRAGMA user_version = 99')
    other.close()
    await expect(add(open(), 'a')).rejects.toThrow(/schema 99.*Update @attune\/storage/)
  })

  test('that cannot be made is said at once', async () => {
    await chmod(folder, 0o700)
    expect(() => createSqliteStore({ path: folder })).toThrow()
    expect(() => createSqliteStore({ path: '' })).toThrow(/`path` is missing/)
  })

  test('keeps the newest 10,000 refused events and counts them all', async () => {
    const store = open()
    const rejected = Array.from({ length: 600 }, (_, at) => ({ reason: 'bot', time: NOON + at, event: '{}' }))
    for (let times = 0; times < 20; times++) await store.reject(rejected)
    expect(await store.rejectedCounts()).toEqual({ bot: 12_000 })
    await store.close()
    const file = new DatabaseSync(path, { timeout: 2_000 })
    expect(file.prepare('SELECT count(*) AS n FROM rejected').get()).toEqual({ n: KEPT_REJECTIONS })
    file.close()
  })

  test('is written ahead and with full synchronisation', () => {
    const { sql, close } = openDatabase(path, 40)
    expect(sql('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    // 2 is FULL.
    expect(sql('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    close()
  })
})

describe('a process', () => {
  test('with a store left open ends by itself, and says nothing on stderr', async () => {
    const { stdout, stderr } = await run(process.execPath, [child, path, '3'], { timeout: 20_000 })
    expect(JSON.parse(stdout)).toEqual({ kept: 3, failure: null, loaded: true })
    expect(stderr).toBe('')
    expect(await open().load('v', PLAN)).toEqual(foldAll(makeEvents(3)))
  })

  test('on a full disk fails its appends, goes on reading, and keeps what it acknowledged', async () => {
    // 600 blocks of 512 bytes, and writing beyond fails as on a full disk.
    const limited = `ulimit -f 600 && exec "${process.execPath}" "${child}" "${path}" 2000`
    const { stdout } = await run('sh', ['-c', limited], { timeout: 60_000 })
    const { kept, failure, loaded } = JSON.parse(stdout)
    expect(failure).toBe('StoreWriteError')
    expect(loaded).toBe(true)
    expect(kept).toBeGreaterThan(10)
    const store = open()
    expect(await store.load('v', PLAN)).toEqual(foldAll(makeEvents(kept)))
  }, 90_000)
})
