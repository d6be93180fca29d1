import { createHash } from 'node:crypto'
import type { AuditKeys } from './audit-keys.ts'
import { type AuditEntry, type AuditHead, checkEntry, textBeforeMac } from './audit-record.ts'

/** A record ready to be written, and the head of the log once it is. */
export interface SealedEntry {
  /** Without the end of the line; ASCII. */
  readonly line: string
  readonly head: AuditHead
}

/** Makes the record that follows `before`. @throws TypeError when the entry could hold more than it should. */
export function sealEntry(entry: AuditEntry, before: AuditHead, keys: AuditKeys, time: number): SealedEntry {
  checkEntry(entry)
  const seq = before.seq + 1
  const { action, outcome, actor, role, counts } = entry
  const subject = entry.subject === undefined ? undefined : keys.pseudonym(entry.subject)
  const unsigned = textBeforeMac({
    version: 1,
    seq,
    time,
    action,
    outcome,
    actor,
    role,
    subject,
    counts: counts && sortCounts(counts),
    prev: before.hash,
    key: keys.id,
  })
  const signed = `${unsigned},"mac":"${keys.sign(unsigned)}"`
  const hash = hashOf(signed)
  return { line: `${signed},"hash":"${hash}"}`, head: { seq, hash } }
}

/** SHA-256 of a text, hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function sortCounts(counts: { readonly [name: string]: number }): { readonly [name: string]: number } {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
}
