import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AttuneEvent, compareEvents } from '@attune/core'
import { expect, test } from 'vitest'
import { foldAll, makeEvent, NOON, PLAN, shuffle } from '../src/contract/builders.ts'
import type { ProfileStore, RejectedEvent } from '../src/profile-store.ts'
import { createSqliteStore } from '../src/sqlite.ts'
import type { VisitorRights } from '../src/visitor-rights.ts'

const VISITORS = 10_000
const AT_ONCE = 500

const nameOf = (at: number): string => `visitor-${at}-`
const markOf = (at: number): string => `canary-${at}-`

function eventsOf(at: number): readonly AttuneEvent[] {
  const names = ['view_item', 'add_to_cart', 'purchase']
  return Array.from({ length: 1 + (at % 4) }, (_, nth) =>
    makeEvent(`${markOf(at)}${nth}`, (at * 7 + nth * 31) % 5_000, {
      name: names[(at + nth) % 3]!,
      properties: { item_id: markOf(at), item_category: markOf(at), value: nth },
      ...(nth % 2 === 0 ? { context: { utm: { source: markOf(at) } } } : {}),
    }),
  )
}

function refusedOf(at: number): readonly RejectedEvent[] {
  if (at % 10 !== 0) return []
  return [{ reason: 'wrong-type', time: NOON + at, event: `"${markOf(at)}"`, visitor: nameOf(at), sent: at }]
}

async function fill(store: ProfileStore): Promise<void> {
  const batches = Array.from({ length: VISITORS }, (_, at) =>
    eventsOf(at).map((event) => ({ visitor: nameOf(at), events: [event], plan: PLAN })),
  )
  const all = shuffle(batches.flat(), 5)
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await Promise.all(all.slice(from, from + AT_ONCE).map((batch) => store.append(batch)))
  }
  await store.reject(Array.from({ length: VISITORS }, (_, at) => refusedOf(at)).flat())
}

async function checkExport(store: VisitorRights, at: number): Promise<void> {
  const record = await store.exportVisitor(nameOf(at))
  expect(record).toEqual({
    visitor: nameOf(at),
    profile: foldAll(eventsOf(at)),
    base: null,
    events: [...eventsOf(at)].sort(compareEvents),
    rejected: refusedOf(at),
  })
  const marks = new Set(JSON.stringify(record).match(/(?:canary|visitor)-\d+-/g))
  expect([...marks].sort()).toEqual([markOf(at), nameOf(at)])
}

test(`the exports of ${VISITORS} visitors hold exactly what was kept of each, and nothing of another`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  const store = createSqliteStore({ path: join(folder, 'attune.db') })
  await fill(store)
  for (let from = 0; from < VISITORS; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => checkExport(store, from + at)))
  }
  await store.close()
  rmSync(folder, { recursive: true })
}, 120_000)
