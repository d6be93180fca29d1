import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  applyEvents,
  compareEvents,
  createSealKeys,
  emptyProfile,
  encodeVisitor,
  type Profile,
} from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { readRulesetFile } from '@attune/storage/ruleset-file'
import { createSqliteStore } from '@attune/storage/sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  COLLECTOR_RULESET,
  COLLECTOR_SECRET,
  type CollectorProcess,
  startCollector,
} from '../support/collector-process.ts'
import { createSeededRandom } from '../support/fault-random.ts'
import { SEED, SOAK } from './scenarios/scenario.ts'

const KILLS = SOAK ? 100 : 20
const VISITORS = 12
const NAMES = ['view_item', 'view_item', 'view_item', 'add_to_cart', 'purchase'] as const
const CATEGORIES = ['hiking', 'climbing', 'camping'] as const
// fetch would say `node`, which is a bot.
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'
const keys = createSealKeys(COLLECTOR_SECRET)

let folder: string
let collector: CollectorProcess | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-kill-'))
})
afterAll(async () => {
  await collector?.kill()
  await rm(folder, { recursive: true })
})

interface Batch {
  readonly body: string
  readonly ids: readonly string[]
}

/** A visitor who sends one batch after another, and again those of which nobody can say whether they arrived. */
interface Sender {
  readonly visitor: string
  readonly cookie: string
  readonly acknowledged: Set<string>
  /** The names of all events ever sent. */
  readonly names: Map<string, string>
  doubtful: Batch[]
}

function makeSender(number: number): Sender {
  const visitor = String(number).padStart(22, '0')
  const cookie = `attune_consent=preferences; attune_visitor=${encodeVisitor(keys, 'site', visitor)}`
  return { visitor, cookie, acknowledged: new Set(), names: new Map(), doubtful: [] }
}

function makeBatch({ visitor, names }: Sender): Batch {
  const now = Date.now()
  const events = Array.from({ length: 1 + (names.size % 5) }, (_, at) => {
    const id = `${visitor.slice(-4)}-${names.size}-${at}`
    const name = NAMES[(names.size + at) % NAMES.length]!
    return { id, name, time: now, properties: { item_id: id, item_category: CATEGORIES[at % 3] } }
  })
  for (const { id, name } of events) names.set(id, name)
  return { body: JSON.stringify({ sent: now, events }), ids: events.map(({ id }) => id) }
}

/** Sends a batch; afterwards it is acknowledged or doubtful. */
async function send(sender: Sender, url: string, batch: Batch): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json', cookie: sender.cookie, 'user-agent': BROWSER }
    const response = await fetch(url, { method: 'POST', headers, body: batch.body })
    const { accepted, duplicates } = (await response.json()) as { accepted: number; duplicates: number }
    expect(accepted + duplicates).toBe(batch.ids.length)
    for (const id of batch.ids) sender.acknowledged.add(id)
    return true
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error
    sender.doubtful.push(batch)
    return false
  }
}

async function sendUntilKilled(sender: Sender, url: string): Promise<void> {
  const again = sender.doubtful
  sender.doubtful = []
  for (const [at, batch] of again.entries()) {
    if (await send(sender, url, batch)) continue
    sender.doubtful.push(...again.slice(at + 1))
    return
  }
  while (await send(sender, url, makeBatch(sender)));
}

interface EventRow {
  readonly id: string
  readonly name: string
  readonly time: number
  readonly properties: string
}

function readEvents(): ReadonlyMap<string, readonly EventRow[]> {
  const db = new DatabaseSync(join(folder, 'attune.db'))
  const rows = db.prepare('SELECT visitor, id, name, time, properties FROM events').all()
  db.close()
  const byVisitor = new Map<string, EventRow[]>()
  for (const row of rows) {
    const visitor = String(row.visitor)
    if (!byVisitor.has(visitor)) byVisitor.set(visitor, [])
    byVisitor.get(visitor)!.push(row as unknown as EventRow)
  }
  return byVisitor
}

test(`after ${KILLS} kills under load (seed ${SEED}) every acknowledged event is there once, none twice`, async () => {
  const senders = Array.from({ length: VISITORS }, (_, number) => makeSender(number))
  const random = createSeededRandom(SEED)
  for (let kills = 0; kills < KILLS; kills++) {
    collector = await startCollector(folder)
    const { url, kill } = collector
    expect(await send(senders[0]!, url, makeBatch(senders[0]!))).toBe(true)
    const sending = Promise.all(senders.map((sender) => sendUntilKilled(sender, url)))
    // Under load, and each time somewhere else in the middle of things.
    await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, 120 + 200 * random()))])
    await kill()
    await sending
    const there = readEvents()
    for (const { visitor, acknowledged } of senders) {
      const ids = new Set(there.get(visitor)?.map(({ id }) => id))
      expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([])
    }
  }
  expect(senders.some(({ doubtful }) => doubtful.length > 0)).toBe(true)
  collector = await startCollector(folder)
  for (const sender of senders) {
    for (const batch of sender.doubtful) expect(await send(sender, collector.url, batch)).toBe(true)
  }
  await collector.kill()

  const there = readEvents()
  const profiles = await loadProfiles(senders)
  for (const { visitor, acknowledged, names } of senders) {
    const rows = there.get(visitor) ?? []
    const ids = rows.map(({ id }) => id).sort()
    expect(ids).toEqual([...acknowledged].sort())
    expect(ids).toEqual([...names.keys()].sort())
    const views = [...names.values()].filter((name) => name === 'view_item')
    const profile = profiles.get(visitor)!
    expect(profile.signals['total view_item']).toEqual({ total: views.length })
    // Interests add up in any order: twice or never would show.
    const interests = (of: Profile) =>
      Object.entries(of.signals).filter(([key]) => key.startsWith('interest'))
    expect(interests(profile)).toEqual(interests(foldAll(rows)))
  }
  const total = senders.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
  expect(total).toBeGreaterThan(1_000)
}, 900_000)

function planOf() {
  const ruleset = readRulesetFile(COLLECTOR_RULESET)
  if (!ruleset.ok) throw new Error(ruleset.problems[0]?.message)
  return planRuleset(ruleset.value)
}

function foldAll(rows: readonly EventRow[]): Profile {
  const events = rows.map((row) => ({ ...row, properties: JSON.parse(row.properties) }))
  return applyEvents(emptyProfile(planOf()), events.sort(compareEvents), planOf())
}

async function loadProfiles(senders: readonly Sender[]): Promise<ReadonlyMap<string, Profile>> {
  const store = createSqliteStore({ path: join(folder, 'attune.db') })
  const profiles = new Map<string, Profile>()
  for (const { visitor } of senders) profiles.set(visitor, (await store.load(visitor, planOf()))!)
  await store.close()
  return profiles
}
