import { adoptPlan, emptyHistory, foldEvents, type SignalPlan } from '@attune/core'
import { type KeptEvent, readEvent } from '../kept-event.ts'
import { sortBatch } from '../sort-batch.ts'
import { writeProfile } from './profile-text.ts'
import type { Database } from './sqlite-database.ts'
import { historyOf, keepPlan, type ProfileRow, readRecent, readRow, writeHistory } from './sqlite-history.ts'
import type { AppendAnswer } from './sqlite-messages.ts'

/** Adds a batch inside the transaction under way. */
export function appendBatch(
  database: Database,
  visitor: string,
  events: readonly KeptEvent[],
  plan: SignalPlan,
): AppendAnswer {
  const row = readRow(database, visitor)
  const { fresh, duplicates, conflicts } = sortBatch(events, (id) =>
    row === undefined ? undefined : findEvent(database, visitor, id),
  )
  const before = row === undefined ? null : adoptedText(database, visitor, row, plan)
  const accepted = fresh.map(({ id }) => id)
  if (row !== undefined && fresh.length === 0 && row.plan === plan.id) {
    return { profile: row.profile, before, accepted, duplicates, conflicts }
  }
  if (row?.plan !== plan.id) keepPlan(database, plan)
  const { history, settled } = foldEvents(
    row === undefined ? emptyHistory(plan) : historyOf(database, visitor, row),
    fresh.map(readEvent),
    plan,
    () => readRecent(database, visitor),
  )
  const gone = new Set(settled.map(({ id }) => id))
  const insert = database.sql(
    'INSERT INTO events (visitor, id, time, name, properties, context, recent) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { id, time, name, properties, context } of fresh) {
    insert.run(visitor, id, time, name, properties, context, gone.delete(id) ? 0 : 1)
  }
  const settle = database.sql('UPDATE events SET recent = 0 WHERE visitor = ? AND id = ?')
  for (const id of gone) settle.run(visitor, id)
  return { profile: writeHistory(database, visitor, plan, history), before, accepted, duplicates, conflicts }
}

/** A visitor's profile adopted to a plan, as its row would hold it; `null` for a visitor nobody has heard of. */
export function loadProfile(database: Database, visitor: string, plan: SignalPlan): string | null {
  const row = readRow(database, visitor)
  return row === undefined ? null : adoptedText(database, visitor, row, plan)
}

function findEvent({ sql }: Database, visitor: string, id: string): KeptEvent | undefined {
  return sql('SELECT name, properties FROM events WHERE visitor = ? AND id = ?').get(
    visitor,
    id,
  ) as unknown as KeptEvent | undefined
}

function adoptedText(database: Database, visitor: string, row: ProfileRow, plan: SignalPlan): string {
  if (row.plan === plan.id) return row.profile
  const history = historyOf(database, visitor, row)
  return writeProfile(adoptPlan(history, plan, () => readRecent(database, visitor)).history.profile, plan)
}
