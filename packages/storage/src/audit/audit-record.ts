/** What is written down: who saw, took, changed or deleted what belongs to a visitor, and who changed what decides. */
export const AUDIT_ACTIONS = [
  'profile.read',
  'profile.export',
  'profile.erase',
  'rejected.read',
  'rejected.replay',
  'traits.import',
  'ruleset.publish',
  'key.change',
  'access.refuse',
  'audit.repair',
] as const

/** One of the actions that are written down. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** How far an action has come. `asked` stands before the action itself: what cannot be written down is not done. */
export type AuditOutcome = 'asked' | 'done' | 'failed' | 'refused'

/** What is to be written down. */
export interface AuditEntry {
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  /** Who did it: the name of a key, or `visitor`, or `system`; 1 to 64 letters, digits and `. _ -`. A task's name, not a person's. */
  readonly actor: string
  /** In which role, in the same signs. */
  readonly role?: string | undefined
  /** Whom it is about: the visitor's id. It is written as a pseudonym only. */
  readonly subject?: string | undefined
  /** How much of what, such as `{ "events": 40 }`: whole numbers by names of the same signs. */
  readonly counts?: { readonly [name: string]: number } | undefined
}

/** A record as one line of the log holds it. */
export interface AuditRecord {
  readonly version: 1
  /** 1 for the first, without a gap. */
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  readonly actor: string
  readonly role?: string | undefined
  /** The pseudonym of the visitor. */
  readonly subject?: string | undefined
  readonly counts?: { readonly [name: string]: number } | undefined
  /** The hash of the record before; 64 noughts before the first. */
  readonly prev: string
  /** Names the key of `mac` and `subject`. */
  readonly key: string
  /** HMAC-SHA256 over all before it: only who has the key can write a record. Hexadecimal. */
  readonly mac: string
  /** SHA-256 over all before it: anybody can see whether it was altered. Hexadecimal. */
  readonly hash: string
}

/** The end of a log at some time: kept elsewhere, it shows whether the log was cut or written anew. */
export interface AuditHead {
  /** 0 of an empty log. */
  readonly seq: number
  readonly hash: string
}

/** Before the first record. */
export const NO_RECORD: AuditHead = { seq: 0, hash: '0'.repeat(64) }

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The text that a record's HMAC is made over. */
export function textBeforeMac(record: Omit<AuditRecord, 'mac' | 'hash'>): string {
  const { version, seq, time, action, outcome, actor, role, subject, counts, prev, key } = record
  // Always in this order, so that the same record is the same text.
  const ordered = { version, seq, time, action, outcome, actor, role, subject, counts, prev, key }
  return JSON.stringify(ordered).slice(0, -1)
}

/** Checks what is to be written down. @throws TypeError when it could hold more than it should. */
export function checkEntry({ actor, role, counts = {} }: AuditEntry): void {
  for (const name of [actor, ...(role === undefined ? [] : [role]), ...Object.keys(counts)]) {
    if (NAME.test(name)) continue
    throw new TypeError(
      `[storage] audit: ${JSON.stringify(name.slice(0, 80))} is no name. Use 1 to 64 letters, digits and . _ -.`,
    )
  }
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isSafeInteger(count)) continue
    throw new TypeError(`[storage] audit: the count ${name} is ${String(count)}. Give a whole number.`)
  }
}
