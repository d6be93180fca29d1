import { type AttuneEvent, compareEvents } from '@attune/core'
import { type KeptEvent, readEvent } from '../kept-event.ts'
import type { RejectedEvent } from '../profile-store.ts'
import type { EraseResult, VisitorRecord } from '../visitor-rights.ts'
import { type Database, isPassing } from './sqlite-database.ts'
import { historyOf, readRow } from './sqlite-history.ts'
import { absorbedBy, erasedAt } from './sqlite-moved.ts'
import { toRejection } from './sqlite-reject.ts'

// Each waits as long as the file may be held by another process.
const CHECKPOINTS = 4

/** Deletes a visitor and leaves a tombstone, inside the transaction under way. */
export function eraseVisitor(
  database: Database,
  visitor: string,
  at: number,
): Omit<EraseResult, 'leftovers'> {
  const { sql } = database
  const gone = (text: string) => Number(sql(text).run(visitor).changes)
  const mark = sql('INSERT OR IGNORE INTO erased (visitor, time) VALUES (?, ?)')
  for (const one of [visitor, ...absorbedBy(database, visitor)]) mark.run(one, at)
  sql('DELETE FROM moved WHERE visitor = ? OR target = ?').run(visitor, visitor)
  gone('DELETE FROM bases WHERE visitor = ?')
  return {
    at: erasedAt(database, visitor)!,
    profiles: gone('DELETE FROM profiles WHERE visitor = ?'),
    events: gone('DELETE FROM events WHERE visitor = ?'),
    rejected: gone('DELETE FROM rejected WHERE visitor = ?'),
    queued: 0,
  }
}

/**
 * Moves all that was written into the file itself and empties the log, where deleted bytes still lie. Answers whether it
 * could: whoever reads an older state holds the log.
 */
function emptyLog({ sql }: Database): boolean {
  for (let tries = 0; tries < CHECKPOINTS; tries++) {
    if (sql('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0) return true
  }
  return false
}

/**
 * Makes sure that no file holds what was deleted, as far as that can be done now. SQLite overwrites rows that are deleted, but not the
 * copies that it left between rows when it divided a page: only writing the file anew removes these.
 */
export function scrub(database: Database, vacuumBelow: number): EraseResult['leftovers'] {
  const isVacuumed = sizeOf(database) <= vacuumBelow && vacuum(database)
  // What was written anew went through the log as well.
  const isEmpty = emptyLog(database)
  return [...(isVacuumed ? [] : (['pages'] as const)), ...(isEmpty ? [] : (['log'] as const))]
}

function sizeOf({ sql }: Database): number {
  const pages = Number(sql('PRAGMA page_count').get()?.page_count)
  return pages * Number(sql('PRAGMA page_size').get()?.page_size)
}

function vacuum({ run }: Database): boolean {
  try {
    run('VACUUM')
    return true
  } catch (error) {
    // Another process writes, or there is no room for a second file: the visitor is erased all the same.
    if (isPassing(error)) return false
    throw error
  }
}

/** Everything that is kept of a visitor, on one state of the file. */
export function exportVisitor(database: Database, visitor: string): VisitorRecord | null {
  const { sql } = database
  const row = readRow(database, visitor)
  const rejected: readonly RejectedEvent[] = sql(
    'SELECT reason, time, event, visitor, sent FROM rejected WHERE visitor = ? ORDER BY id',
  )
    .all(visitor)
    .map(toRejection)
  if (row === undefined) {
    return rejected.length === 0 ? null : { visitor, profile: null, base: null, events: [], rejected }
  }
  const { profile, base } = historyOf(database, visitor, row)
  const absorbed = absorbedBy(database, visitor).length
  const events = readEvents(database, visitor)
  return { visitor, profile, base, events, rejected, ...(absorbed === 0 ? {} : { absorbed }) }
}

function readEvents({ sql }: Database, visitor: string): readonly AttuneEvent[] {
  const rows = sql('SELECT id, name, time, properties, context FROM events WHERE visitor = ?').all(
    visitor,
  ) as unknown as readonly KeptEvent[]
  return rows.map(readEvent).sort(compareEvents)
}
