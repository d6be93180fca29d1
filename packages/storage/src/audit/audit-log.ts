import type { AuditKeys } from './audit-keys.ts'
import { type AuditEntry, type AuditHead, type AuditOutcome, NO_RECORD } from './audit-record.ts'
import { sealEntry } from './seal-entry.ts'

/** The log could not be written: what was to be done must not be done. The message says what was done already. */
export class AuditWriteError extends Error {
  override readonly name = 'AuditWriteError'
}

/** Where records go. */
export interface AuditSink {
  /** Resolves when the line is durable. Rejects when it is not; then nothing of it is left, or the sink takes no more. */
  append(line: string): Promise<void>
  close(): Promise<void>
}

/** Who did what to whose data: records are added, never changed. */
export interface AuditLog {
  /**
   * Resolves with the new head when the record is durable. Rejects with `AuditWriteError` when it cannot be written: whoever asked must
   * then refuse. Rejects with `TypeError` when the entry could hold more than it should.
   */
  record(entry: AuditEntry): Promise<AuditHead>
  /** The end of the log. */
  head(): AuditHead
  /** Lets what is under way end, then closes; what is recorded afterwards rejects. */
  close(): Promise<void>
}

/** What a log is made of. */
export interface AuditLogOptions {
  readonly sink: AuditSink
  readonly keys: AuditKeys
  /** The record after which the log goes on; default none. */
  readonly after?: AuditHead
  /** Publishes each head elsewhere; when it rejects, so does `record`. */
  readonly publish?: (head: AuditHead) => void | Promise<void>
  /** Milliseconds since 1970; default `Date.now`. */
  readonly clock?: () => number
}

const WHAT_STANDS: { readonly [outcome in AuditOutcome]: string } = {
  asked: 'so nothing is done',
  done: 'but what it tells of is done',
  failed: 'and what it tells of had failed, perhaps half way',
  refused: 'and what it tells of was refused',
}

/** Creates a log over a sink. One process writes to a log. */
export function createAuditLog(options: AuditLogOptions): AuditLog {
  const { sink, keys, publish, clock = Date.now } = options
  let head = options.after ?? NO_RECORD
  let isClosed = false
  // Each record names the one before it: they are written one after another.
  let last: Promise<unknown> = Promise.resolve()

  const write = async (entry: AuditEntry): Promise<AuditHead> => {
    const sealed = sealEntry(entry, head, keys, clock())
    try {
      await sink.append(sealed.line)
      head = sealed.head
      await publish?.(head)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new AuditWriteError(
        `[storage] audit: the record could not be written, ${WHAT_STANDS[entry.outcome]}. ${why}`,
        { cause: error },
      )
    }
    return head
  }

  return {
    record: (entry) => {
      if (isClosed) return Promise.reject(new AuditWriteError('[storage] audit: the log is closed.'))
      const written = last.then(() => write(entry))
      last = written.catch(() => {})
      return written
    },
    head: () => head,
    close: async () => {
      isClosed = true
      await last
      await sink.close()
    },
  }
}
