import {
  type AttuneEvent,
  adoptPlan,
  emptyHistory,
  foldEvents,
  type History,
  type Profile,
  type SignalPlan,
} from '@attune/core'
import { type KeptEvent, readEvent } from '../kept-event.ts'
import { sortBatch } from '../sort-batch.ts'
import type { Database } from './sqlite-database.ts'
import type { AppendAnswer } from './sqlite-messages.ts'

/** A visitor's row. */
interface ProfileRow {
  readonly plan: string
  readonly profile: string
  readonly base: string | null
  readonly recent_count: number
}

/** Adds a batch inside the transaction under way. */
export function appendBatch(
  database: Database,
  visitor: string,
  events: readonly KeptEvent[],
  plan: SignalPlan,
): AppendAnswer {
  const row = readRow(database, visitor)
  const find = database.sql('SELECT name, properties FROM events WHERE visitor = ? AND id = ?')
  const { fresh, duplicates, conflicts } = sortBatch(events, (id) =>
    row === undefined ? undefined : (find.get(visitor, id) as unknown as KeptEvent | undefined),
  )
  const readRecent = () => readRecentEvents(database, visitor)
  const before = row === undefined ? null : adoptedText(row, plan, readRecent)
  const accepted = fresh.map(({ id }) => id)
  if (row !== undefined && fresh.length === 0 && row.plan === plan.id) {
    return { profile: row.profile, before, accepted, duplicates, conflicts }
  }
  const { history, settled } = foldEvents(
    row === undefined ? emptyHistory(plan) : historyOf(row),
    fresh.map(readEvent),
    plan,
    readRecent,
  )
  const gone = new Set(settled.map(({ id }) => id))
  const insert = database.sql(
    'INSERT INTO events (visitor, id, time, name, properties, recent) VALUES (?, ?, ?, ?, ?, ?)',
  )
  for (const { id, time, name, properties } of fresh) {
    insert.run(visitor, id, time, name, properties, gone.delete(id) ? 0 : 1)
  }
  const settle = database.sql('UPDATE events SET recent = 0 WHERE visitor = ? AND id = ?')
  for (const id of gone) settle.run(visitor, id)
  if (row?.plan !== plan.id) keepPlan(database, plan)
  return { profile: writeRow(database, visitor, plan, history), before, accepted, duplicates, conflicts }
}

/** A visitor's profile adopted to a plan, as JSON text; `null` for a visitor nobody has heard of. */
export function loadProfile(database: Database, visitor: string, plan: SignalPlan): string | null {
  const row = readRow(database, visitor)
  return row === undefined ? null : adoptedText(row, plan, () => readRecentEvents(database, visitor))
}

/** The history that a visitor's row holds. */
export function historyOf({ profile, base, recent_count }: Omit<ProfileRow, 'plan'>): History {
  return {
    profile: JSON.parse(profile) as Profile,
    base: base === null ? null : (JSON.parse(base) as Profile),
    recentCount: recent_count,
  }
}

/** Writes a visitor's row and answers the profile's text. */
export function writeRow(database: Database, visitor: string, plan: SignalPlan, history: History): string {
  const profile = JSON.stringify(history.profile)
  const base = history.base === null ? null : JSON.stringify(history.base)
  database
    .sql(
      `INSERT INTO profiles (visitor, plan, profile, base, recent_count, last) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (visitor) DO UPDATE SET plan = excluded.plan, profile = excluded.profile, base = excluded.base,
         recent_count = excluded.recent_count, last = excluded.last`,
    )
    .run(visitor, plan.id, profile, base, history.recentCount, history.profile.last?.seconds ?? 0)
  return profile
}

function readRow(database: Database, visitor: string): ProfileRow | undefined {
  // The columns are those of our schema.
  return database
    .sql('SELECT plan, profile, base, recent_count FROM profiles WHERE visitor = ?')
    .get(visitor) as unknown as ProfileRow | undefined
}

function adoptedText(row: ProfileRow, plan: SignalPlan, readRecent: () => readonly AttuneEvent[]): string {
  if (row.plan === plan.id) return row.profile
  return JSON.stringify(adoptPlan(historyOf(row), plan, readRecent).history.profile)
}

function readRecentEvents(database: Database, visitor: string): readonly AttuneEvent[] {
  const rows = database
    .sql('SELECT id, name, time, properties FROM events WHERE visitor = ? AND recent = 1')
    .all(visitor) as unknown as readonly KeptEvent[]
  return rows.map(readEvent)
}

// A sweep folds events into bases long after the plan went out of use elsewhere.
function keepPlan(database: Database, plan: SignalPlan): void {
  database.sql('INSERT OR IGNORE INTO plans (id, plan) VALUES (?, ?)').run(plan.id, JSON.stringify(plan))
}
