import type { AuditLog } from './audit-log.ts'
import type { AuditEntry } from './audit-record.ts'

/** What an action came to. */
export interface Audited<Value> {
  readonly value: Value
  /** How much of what was read, exported or erased. */
  readonly counts?: AuditEntry['counts']
}

/**
 * Does something that must be written down: `asked` is durable before `act` begins, and what came of it before this resolves. Rejects
 * with `AuditWriteError` without having called `act` when the first cannot be written; the same when the second cannot, so that no
 * answer leaves that nobody could find; its message says then that it is done. Rejects as `act` does.
 */
export async function audited<Value>(
  log: AuditLog,
  entry: Omit<AuditEntry, 'outcome' | 'counts'>,
  act: () => Promise<Audited<Value>>,
): Promise<Value> {
  await log.record({ ...entry, outcome: 'asked' })
  let result: Audited<Value>
  try {
    result = await act()
  } catch (error) {
    await log.record({ ...entry, outcome: 'failed' })
    throw error
  }
  await log.record({ ...entry, outcome: 'done', counts: result.counts })
  return result.value
}
