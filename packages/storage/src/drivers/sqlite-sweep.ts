import { toSeconds } from '@attune/core'
import { type KeptEvent, readEvent } from '../kept-event.ts'
import { MIN_EVENT_RETENTION, type StoreRetention } from '../profile-store.ts'
import { settleEvents } from '../settle-events.ts'
import type { Database } from './sqlite-database.ts'
import { historyOf, planOf, readRow, writeHistory } from './sqlite-history.ts'
import type { SweepAnswer } from './sqlite-messages.ts'
import { sweepRejected } from './sqlite-reject.ts'

// So many visitors a transaction that appends hardly wait for one.
const SLICE = 250

/** Sweeps the next visitors after row `after` inside the transaction under way. */
export function sweepSlice(
  database: Database,
  now: number,
  { events, profiles }: StoreRetention,
  after: number,
): SweepAnswer {
  const rows = database
    .sql('SELECT rowid, visitor, last FROM profiles WHERE rowid > ? ORDER BY rowid LIMIT ?')
    .all(after, SLICE) as unknown as readonly { rowid: number; visitor: string; last: number }[]
  const cutoff = toSeconds(now - Math.max(events, MIN_EVENT_RETENTION)) * 1000
  if (after === 0) {
    sweepRejected(database, cutoff)
    database.sql('DELETE FROM moved WHERE time < ?').run(now - profiles)
  }
  const swept = { events: 0, profiles: 0 }
  for (const { visitor, last } of rows) {
    if (last * 1000 < now - profiles) {
      swept.events += deleteEvents(database, visitor, Number.MAX_SAFE_INTEGER)
      database.sql('DELETE FROM profiles WHERE visitor = ?').run(visitor)
      database.sql('DELETE FROM bases WHERE visitor = ?').run(visitor)
      swept.profiles++
    } else {
      settleOld(database, visitor, cutoff)
      swept.events += deleteEvents(database, visitor, cutoff)
    }
  }
  return { ...swept, next: rows.length < SLICE ? null : rows.at(-1)!.rowid }
}

function deleteEvents({ sql }: Database, visitor: string, cutoff: number): number {
  return Number(sql('DELETE FROM events WHERE visitor = ? AND time < ?').run(visitor, cutoff).changes)
}

// A recent event is part of what a profile may be refolded from: it goes into the base first.
function settleOld(database: Database, visitor: string, cutoff: number): void {
  const old = database
    .sql(
      'SELECT id, name, time, properties, context FROM events WHERE visitor = ? AND time < ? AND recent = 1',
    )
    .all(visitor, cutoff) as unknown as readonly KeptEvent[]
  const row = readRow(database, visitor)
  if (old.length === 0 || row === undefined) return
  const plan = planOf(database, row.plan)
  const history = settleEvents(historyOf(database, visitor, row), old.map(readEvent), plan)
  writeHistory(database, visitor, plan, history)
}
