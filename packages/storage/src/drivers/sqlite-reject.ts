import { KEPT_REJECTIONS, MAX_REJECTED_TEXT, type RejectedEvent } from '../profile-store.ts'
import type { Database } from './sqlite-database.ts'

/** Counts and keeps refused events inside the transaction under way. */
export function rejectEvents({ sql }: Database, rejected: readonly RejectedEvent[]): void {
  const keep = sql('INSERT INTO rejected (reason, time, event) VALUES (?, ?, ?)')
  const count = sql(
    'INSERT INTO rejected_counts (reason, n) VALUES (?, 1) ON CONFLICT (reason) DO UPDATE SET n = n + 1',
  )
  for (const { reason, time, event } of rejected) {
    keep.run(reason, time, event.slice(0, MAX_REJECTED_TEXT))
    count.run(reason)
  }
  sql('DELETE FROM rejected WHERE id <= (SELECT max(id) FROM rejected) - ?').run(KEPT_REJECTIONS)
}

/** How many events were ever refused, by reason. */
export function countRejected({ sql }: Database): { readonly [reason: string]: number } {
  const rows = sql('SELECT reason, n FROM rejected_counts').all()
  return Object.fromEntries(rows.map(({ reason, n }) => [String(reason), Number(n)]))
}
