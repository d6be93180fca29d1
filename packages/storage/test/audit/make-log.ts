import type { AppendFile } from '../../src/audit/append-file.ts'
import { createAuditKeys } from '../../src/audit/audit-keys.ts'
import type { AuditSink } from '../../src/audit/audit-log.ts'
import { AUDIT_ACTIONS, type AuditEntry, type AuditHead, NO_RECORD } from '../../src/audit/audit-record.ts'
import { sealEntry } from '../../src/audit/seal-entry.ts'

export const KEY = 'the key of the log, which admins do not have'

export interface MadeLog {
  readonly lines: readonly string[]
  /** After each line. */
  readonly heads: readonly AuditHead[]
}

export function makeEntry(index: number): AuditEntry {
  const role = index % 3 === 0 ? undefined : 'privacy-officer'
  const counts = index % 4 === 0 ? { profiles: 1, events: index } : undefined
  return {
    action: AUDIT_ACTIONS[index % AUDIT_ACTIONS.length]!,
    outcome: index % 2 === 0 ? 'asked' : 'done',
    actor: `desk-${index % 7}`,
    role,
    subject: `visitor ${index % 50}`,
    counts,
  }
}

export function makeLog(count: number): MadeLog {
  const keys = createAuditKeys(KEY)
  const lines: string[] = []
  const heads: AuditHead[] = []
  let head = NO_RECORD
  for (let index = 0; index < count; index++) {
    const sealed = sealEntry(makeEntry(index), head, keys, 1.8e12 + index)
    head = sealed.head
    lines.push(sealed.line)
    heads.push(head)
  }
  return { lines, heads }
}

/** A sink that keeps lines, until `refuse` is called. */
export function makeSink(): AuditSink & {
  readonly lines: string[]
  refuse: (error: Error | undefined) => void
} {
  const lines: string[] = []
  let trouble: Error | undefined
  return {
    lines,
    refuse: (error) => {
      trouble = error
    },
    append: async (line) => {
      if (trouble !== undefined) throw trouble
      lines.push(line)
    },
    close: async () => {},
  }
}

/** A file in memory whose disk has room for so many bytes. */
export interface MadeFile extends AppendFile {
  readonly text: () => string
  readonly write: (text: string) => void
  readonly trouble: { room?: number; sync?: Error; truncate?: Error }
}

export function makeFile(text = ''): MadeFile {
  const trouble: MadeFile['trouble'] = {}
  let content = text
  return {
    trouble,
    text: () => content,
    write: (more) => {
      content = more
    },
    size: async () => content.length,
    readBefore: async (end, most) => content.slice(Math.max(0, end - most), end),
    append: async (more) => {
      const left = (trouble.room ?? Number.POSITIVE_INFINITY) - content.length
      content += more.slice(0, Math.max(0, left))
      if (more.length > left) throw new Error('ENOSPC: no space left on device')
    },
    sync: async () => {
      if (trouble.sync !== undefined) throw trouble.sync
    },
    truncate: async (size) => {
      if (trouble.truncate !== undefined) throw trouble.truncate
      content = content.slice(0, size)
    },
    close: async () => {},
  }
}
