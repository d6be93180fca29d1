import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { foldAll, makeEvent, makeEvents, NEXT_PLAN, PLAN } from '../src/contract/builders.ts'
import { createSqliteStore } from '../src/sqlite.ts'

// Each test starts threads of its own, and those of a busy machine take their time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-'))
  path = join(folder, 'attune.db')
})
afterEach(() => rm(folder, { recursive: true }))

/** Makes a file as the first version did: events without a context. */
async function makeFirstVersion(events: ReturnType<typeof makeEvents>): Promise<void> {
  const store = createSqliteStore({ path })
  await store.append({ visitor: 'v', events, plan: PLAN })
  await store.close()
  const db = new DatabaseSync(path)
  db.exec('ALTER TABLE events DROP COLUMN context; PRAGMA user_version = 1')
  db.close()
}

test('a file of the first version goes on, and its next events keep their context', async () => {
  const old = makeEvents(20).map(({ context: _none, ...event }) => event)
  await makeFirstVersion(old)
  const store = createSqliteStore({ path })
  const late = makeEvent('late', -1, { context: { utm: { campaign: 'autumn' } } })
  const { profile } = await store.append({ visitor: 'v', events: [late], plan: PLAN })
  expect(profile).toEqual(foldAll([...old, late]))
  expect(await store.load('v', NEXT_PLAN)).toEqual(foldAll([...old, late], NEXT_PLAN))
  await store.close()
})

test('two processes that open a file of the first version at once both go on', async () => {
  const old = makeEvents(20).map(({ context: _none, ...event }) => event)
  await makeFirstVersion(old)
  const stores = [createSqliteStore({ path }), createSqliteStore({ path })]
  const profiles = await Promise.all(stores.map((store) => store.load('v', PLAN)))
  expect(profiles).toEqual([foldAll(old), foldAll(old)])
  await Promise.all(stores.map((store) => store.close()))
})
