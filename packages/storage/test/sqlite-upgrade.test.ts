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

// What each version did not have yet.
const LATER = {
  1: 'ALTER TABLE events DROP COLUMN context; ALTER TABLE rejected DROP COLUMN visitor; ALTER TABLE rejected DROP COLUMN sent;',
  2: 'ALTER TABLE rejected DROP COLUMN visitor; ALTER TABLE rejected DROP COLUMN sent;',
}

/** Makes a file as an earlier version did: events without a context at first, refused events without a visitor. */
async function makeVersion(
  version: keyof typeof LATER,
  events: ReturnType<typeof makeEvents>,
): Promise<void> {
  const store = createSqliteStore({ path })
  await store.append({ visitor: 'v', events, plan: PLAN })
  await store.reject([{ reason: 'wrong-type', time: 1, event: '{}' }])
  await store.close()
  const db = new DatabaseSync(path)
  db.exec(`${LATER[version]} PRAGMA user_version = ${version}`)
  db.close()
}

test('a file of the first version goes on, and its next events keep their context', async () => {
  const old = makeEvents(20).map(({ context: _none, ...event }) => event)
  await makeVersion(1, old)
  const store = createSqliteStore({ path })
  const late = makeEvent('late', -1, { context: { utm: { campaign: 'autumn' } } })
  const { profile } = await store.append({ visitor: 'v', events: [late], plan: PLAN })
  expect(profile).toEqual(foldAll([...old, late]))
  expect(await store.load('v', NEXT_PLAN)).toEqual(foldAll([...old, late], NEXT_PLAN))
  await store.close()
})

test('two processes that open a file of the first version at once both go on', async () => {
  const old = makeEvents(20).map(({ context: _none, ...event }) => event)
  await makeVersion(1, old)
  const stores = [createSqliteStore({ path }), createSqliteStore({ path })]
  const profiles = await Promise.all(stores.map((store) => store.load('v', PLAN)))
  expect(profiles).toEqual([foldAll(old), foldAll(old)])
  await Promise.all(stores.map((store) => store.close()))
})

test.each([1, 2] as const)(
  'a file of version %i gives back the events it refused, and whose the next ones are',
  async (version) => {
    await makeVersion(version, makeEvents(3))
    const store = createSqliteStore({ path })
    await store.reject([{ reason: 'wrong-type', time: 2, event: '{}', visitor: 'v', sent: 1 }])
    const [old, late] = await store.listRejected({ after: 0, most: 10 })
    expect([old, late]).toEqual([
      { id: 1, reason: 'wrong-type', time: 1, event: '{}' },
      { id: 2, reason: 'wrong-type', time: 2, event: '{}', visitor: 'v', sent: 1 },
    ])
    await store.close()
  },
)
