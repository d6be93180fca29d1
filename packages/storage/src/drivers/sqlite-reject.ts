import {
  KEPT_REJECTIONS,
  type KeptRejection,
  MAX_REJECTED_TEXT,
  type RejectedEvent,
  type RejectionQuery,
} from '../profile-store.ts'
import type { Database } from './sqlite-database.ts'

/** Counts and keeps refused events inside the transaction under way. */
export function rejectEvents({ sql }: Database, rejected: readonly RejectedEvent[]): void {
  const keep = sql('INSERT INTO rejected (reason, time, event, visitor, sent) VALUES (?, ?, ?, ?, ?)')
  const count = sql(
    'INSERT INTO rejected_counts (reason, n) VALUES (?, 1) ON CONFLICT (reason) DO UPDATE SET n = n + 1',
  )
  const tombstone = sql('SELECT 1 FROM erased WHERE visitor = ?')
  const marker = sql('SELECT target FROM moved WHERE visitor = ?')
  for (const { reason, time, event, visitor: named, sent } of rejected) {
    const visitor = named === undefined ? undefined : String(marker.get(named)?.target ?? named)
    // It was on its way when its visitor was erased: that it was refused is all that may be known.
    if (visitor !== undefined && tombstone.get(visitor) !== undefined) keep.run(reason, time, '', null, null)
    else keep.run(reason, time, event.slice(0, MAX_REJECTED_TEXT), visitor ?? null, sent ?? null)
    count.run(reason)
  }
  sql('DELETE FROM rejected WHERE id <= (SELECT max(id) FROM rejected) - ?').run(KEPT_REJECTIONS)
}

/** How many events were ever refused, by reason. */
export function countRejected({ sql }: Database): { readonly [reason: string]: number } {
  const rows = sql('SELECT reason, n FROM rejected_counts').all()
  return Object.fromEntries(rows.map(({ reason, n }) => [String(reason), Number(n)]))
}

/** Refused events that were kept, the lowest number first. */
export function listRejected(
  { sql }: Database,
  { reason, after, most }: RejectionQuery,
): readonly KeptRejection[] {
  const rows = sql(
    'SELECT id, reason, time, event, visitor, sent FROM rejected WHERE id > ? AND (? IS NULL OR reason = ?) ORDER BY id LIMIT ?',
  ).all(after, reason ?? null, reason ?? null, most)
  return rows.map((row) => ({ id: Number(row.id), ...toRejection(row) }))
}

/** A refused event of its row. */
export function toRejection({
  reason,
  time,
  event,
  visitor = null,
  sent = null,
}: {
  readonly [column: string]: unknown
}): RejectedEvent {
  return {
    reason: String(reason),
    time: Number(time),
    event: String(event),
    ...(visitor === null ? {} : { visitor: String(visitor) }),
    ...(sent === null ? {} : { sent: Number(sent) }),
  }
}

/** Deletes refused events inside the transaction under way. */
export function dropRejected({ sql }: Database, ids: readonly number[]): void {
  const drop = sql('DELETE FROM rejected WHERE id = ?')
  for (const id of ids) drop.run(id)
}

/** Deletes those that were refused before `cutoff`, milliseconds, inside the transaction under way. */
export function sweepRejected({ sql }: Database, cutoff: number): void {
  sql('DELETE FROM rejected WHERE time < ?').run(cutoff)
}
