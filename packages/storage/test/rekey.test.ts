import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeEvent, NOON, PLAN } from '../src/contract/builders.ts'
import { createVisitorKeys, withPseudonyms } from '../src/pseudonyms.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import { rekeySqlite, sqliteKeyNames } from '../src/sqlite-keys.ts'
import { findCanary } from './support/canary.ts'

vi.setConfig({ testTimeout: 60_000 })

const OLD = 'a secret of the year before of thirty-two signs'
const NEW = 'a secret of this year of more than thirty-two'
const KILLS = process.env.ATTUNE_SOAK === '1' ? 200 : 5
const PROGRAM = fileURLToPath(new URL('support/rekey-one.ts', import.meta.url))
// In every id, and nowhere else.
const MARK = 'kanarienvogel'
const MANY = 450
const idOf = (at: number): string => `${MARK}-${at}`

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-'))
  path = join(folder, 'attune.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function plant(count: number): Promise<void> {
  const store = createSqliteStore({ path })
  await Promise.all(
    Array.from({ length: count }, (_, at) =>
      store.append({ visitor: idOf(at), events: [makeEvent('a', at), makeEvent('b', at)], plan: PLAN }),
    ),
  )
  await store.reject([{ reason: 'wrong-type', time: NOON, event: '"refused"', visitor: idOf(0) }])
  await store.erase(idOf(1), NOON)
  await store.close()
}

const keys = createVisitorKeys([NEW, 'plain'])

/** What the site finds afterwards, that has only the new secret. */
async function lookFor(count: number): Promise<readonly unknown[]> {
  const inner = createSqliteStore({ path })
  const store = withPseudonyms(inner, NEW)
  const found: unknown[] = []
  for (let at = 0; at < count; at++) {
    const record = await store.exportVisitor(idOf(at))
    found.push(record === null ? null : [record.events.length, record.rejected.length])
  }
  await expect(
    store.append({ visitor: idOf(1), events: [makeEvent('late', 9)], plan: PLAN }),
  ).rejects.toMatchObject({ name: 'VisitorErasedError' })
  await store.close()
  return found
}

const whole = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, at) => (at === 1 ? null : [2, at === 0 ? 1 : 0]))

test('everybody stands under the newest secret afterwards, tombstones too, and no byte of an id is left', async () => {
  await plant(30)
  expect(sqliteKeyNames(path)).toEqual({ names: [], hasPlain: true })
  expect(rekeySqlite({ path, keys, now: NOON })).toEqual({ moved: 30, older: 0, leftovers: [] })
  expect(sqliteKeyNames(path)).toEqual({ names: [keys.names[0]], hasPlain: false })
  expect(findCanary(folder, MARK)).toEqual([])
  expect(await lookFor(30)).toEqual(whole(30))
  expect(rekeySqlite({ path, keys, now: NOON })).toMatchObject({ moved: 0 })
})

test('who came under both while it ran is made one, of events that are counted once', async () => {
  await plant(3)
  const store = withPseudonyms(createSqliteStore({ path }), NEW)
  await store.append({ visitor: idOf(2), events: [makeEvent('b', 2), makeEvent('c', 3)], plan: PLAN })
  await store.close()
  expect(rekeySqlite({ path, keys, now: NOON })).toMatchObject({ moved: 3 })
  expect(await lookFor(3)).toEqual([[2, 1], null, [3, 0]])
  expect(findCanary(folder, MARK)).toEqual([])
})

test('who was merged into somebody is still told where they went', async () => {
  const plain = createSqliteStore({ path })
  for (const at of [0, 5])
    await plain.append({ visitor: idOf(at), events: [makeEvent(`of-${at}`, at)], plan: PLAN })
  await plain.mergeVisitor(idOf(5), idOf(0), PLAN, NOON)
  await plain.close()
  rekeySqlite({ path, keys, now: NOON })
  const inner = createSqliteStore({ path })
  const [from, into] = [idOf(5), idOf(0)].map((id) => keys.of(id)[0])
  const late = inner.append({ visitor: from!, events: [makeEvent('late', 2)], plan: PLAN })
  await expect(late).rejects.toMatchObject({ name: 'VisitorMovedError', into })
  await inner.close()
  expect(findCanary(folder, MARK)).toEqual([])
})

test('whom somebody was merged into and who left nothing else is found under no plain id', async () => {
  const plain = createSqliteStore({ path })
  await plain.mergeVisitor(idOf(5), idOf(0), PLAN, NOON)
  await plain.close()
  rekeySqlite({ path, keys, now: NOON })
  expect(findCanary(folder, MARK)).toEqual([])
  const store = withPseudonyms(createSqliteStore({ path }), NEW)
  const late = store.append({ visitor: idOf(5), events: [makeEvent('late', 2)], plan: PLAN })
  await expect(late).rejects.toMatchObject({ name: 'VisitorMovedError', into: keys.of(idOf(0))[0] })
  await store.close()
})

test('who came back and was moved while it ran leaves no marker with their id', async () => {
  await plant(3)
  const store = withPseudonyms(createSqliteStore({ path }), [NEW, 'plain'])
  await store.append({ visitor: idOf(2), events: [makeEvent('c', 3)], plan: PLAN })
  await store.close()
  rekeySqlite({ path, keys, now: NOON })
  expect(await lookFor(3)).toEqual([[2, 1], null, [3, 0]])
  expect(findCanary(folder, MARK)).toEqual([])
})

test.each([2, 8])('a key that was merged into its own id (%i) is turned round', async (at) => {
  await plant(3)
  const inner = createSqliteStore({ path })
  const [id, key] = [idOf(at), keys.of(idOf(at))[0]]
  await inner.mergeVisitor(key, id, PLAN, NOON)
  const event = makeEvent('c', 3)
  const host = withPseudonyms(inner, [NEW, 'plain'])
  if (at === 2)
    expect((await host.append({ visitor: id, events: [event], plan: PLAN })).accepted).toEqual(['c'])
  await inner.close()
  rekeySqlite({ path, keys, now: NOON })
  const store = createSqliteStore({ path })
  // Of one who led to themselves neither would be true.
  expect(await store.mergeVisitor(key, 'account', PLAN, NOON)).toMatchObject({ events: at === 2 ? 3 : 0 })
  const late = store.append({ visitor: key, events: [event], plan: PLAN })
  await expect(late).rejects.toMatchObject({ into: 'account' })
  await store.close()
  expect(findCanary(folder, MARK)).toEqual([])
})

test('who stands under an older secret is counted and left: nobody but they know their id', async () => {
  const store = withPseudonyms(createSqliteStore({ path }), OLD)
  await store.append({ visitor: 'v', events: [makeEvent('a', 1)], plan: PLAN })
  await store.close()
  const both = createVisitorKeys([NEW, OLD])
  expect(rekeySqlite({ path, keys: both, now: NOON })).toEqual({ moved: 0, older: 1, leftovers: [] })
  expect(sqliteKeyNames(path)).toEqual({ names: [both.names[1]], hasPlain: false })
})

test(`killed ${KILLS} times on its way, it goes on and nobody is lost or there twice`, {
  timeout: KILLS * 20_000,
}, async () => {
  await plant(MANY)
  const planted = mkdtempSync(join(tmpdir(), 'attune-'))
  cpSync(folder, planted, { recursive: true })
  const killed: boolean[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    rmSync(folder, { recursive: true })
    cpSync(planted, folder, { recursive: true })
    const child = spawn(process.execPath, [PROGRAM, path, NEW], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    let said = ''
    for await (const chunk of child.stdout) {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), 2 + (kill * 40) / KILLS)
      said += String(chunk)
    }
    await ended
    killed.push(!said.includes('done'))
    const rest = rekeySqlite({ path, keys, now: NOON })
    expect(rest.moved).toBeLessThanOrEqual(MANY)
    expect(await lookFor(MANY)).toEqual(whole(MANY))
    expect(findCanary(folder, MARK)).toEqual([])
  }
  expect(killed).toContain(true)
  rmSync(planted, { recursive: true })
})
