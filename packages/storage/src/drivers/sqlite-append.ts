import { adoptPlan, emptyHistory, foldEvents, type SignalPlan } from '@attune/core'
import { type KeptEvent, readEvent } from '../kept-event.ts'
import { refuseGone } from '../merge/moves.ts'
import { sortBatch } from '../sort-batch.ts'
import { writeProfile } from './profile-text.ts'
import type { Database } from './sqlite-database.ts'
import { historyOf, keepPlan, type ProfileRow, readRecent, readRow, writeHistory } from './sqlite-history.ts'
import type { AppendAnswer } from './sqlite-messages.ts'
import { fateOf } from './sqlite-moved.ts'

/** Adds a batch inside the transaction under way. */
export function appendBatch(
  database: Database,
  visitor: string,
  events: readonly KeptEvent[],
  plan: SignalPlan,
): AppendAnswer {
  const { row, fresh, folded, lists } = foldBatch(database, visitor, events, plan)
  if (folded === undefined) return { profile: row.profile, ...lists }
  const { history, settled } = folded
  if (row?.plan !== plan.id) keepPlan(database, plan)
  const gone = new Set(settled.map(({ id }) => id))
  const insert = database.sql(
    'INSERT INTO events (visitor, id, time, name, properties, context, recent) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { id, time, name, properties, context } of fresh) {
    insert.run(visitor, id, time, name, properties, context, gone.delete(id) ? 0 : 1)
  }
  const settle = database.sql('UPDATE events SET recent = 0 WHERE visitor = ? AND id = ?')
  for (const id of gone) settle.run(visitor, id)
  return { profile: writeHistory(database, visitor, plan, history), ...lists }
}

/** What `appendBatch` would answer. Keeps nothing; reads inside the transaction under way. */
export function rehearseBatch(
  database: Database,
  visitor: string,
  events: readonly KeptEvent[],
  plan: SignalPlan,
): AppendAnswer {
  const { row, folded, lists } = foldBatch(database, visitor, events, plan)
  const profile = folded === undefined ? row.profile : writeProfile(folded.history.profile, plan)
  return { profile, ...lists }
}

type FoldedBatch = {
  readonly fresh: readonly KeptEvent[]
  readonly lists: Omit<AppendAnswer, 'profile'>
} & (
  | { readonly row: ProfileRow | undefined; readonly folded: ReturnType<typeof foldEvents> }
  // Nothing of it is new.
  | { readonly row: ProfileRow; readonly folded: undefined }
)

function foldBatch(
  database: Database,
  visitor: string,
  events: readonly KeptEvent[],
  plan: SignalPlan,
): FoldedBatch {
  const row = readRow(database, visitor)
  // A tombstone or a marker and a row exclude each other.
  if (row === undefined) refuseGone('sqlite', fateOf(database, visitor))
  const { fresh, duplicates, conflicts } = sortBatch(events, (id) =>
    row === undefined ? undefined : findEvent(database, visitor, id),
  )
  const before = row === undefined ? null : adoptedText(database, visitor, row, plan)
  const lists = { before, accepted: fresh.map(({ id }) => id), duplicates, conflicts }
  if (row !== undefined && fresh.length === 0 && row.plan === plan.id) {
    return { row, fresh, lists, folded: undefined }
  }
  const folded = foldEvents(
    row === undefined ? emptyHistory(plan) : historyOf(database, visitor, row),
    fresh.map(readEvent),
    plan,
    () => readRecent(database, visitor),
  )
  return { row, fresh, lists, folded }
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
