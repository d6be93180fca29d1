/** Why an event was refused. The first three say that the sender is broken: the answer is then a 400. */
export type RejectionReason =
  | 'malformed'
  | 'forbidden-key'
  | 'too-large'
  | 'bot'
  | 'consent'
  | 'unknown-event'
  | 'wrong-type'
  | 'missing-field'
  | 'reserved'
  | 'too-late'
  | 'conflict'
  | 'erased'
  | 'moved'
  | 'no-trait'
  | 'signed-out'

/** By what a program was known: its user agent, what it did in this batch or shortly before, or what it did within the last day. */
export type ProgramSign = 'user-agent' | 'rate' | 'timing' | 'no-focus' | 'earlier'

/** A refused event as the answer names it; holds nothing of its content but its own id. */
export interface Rejection {
  /** `null` when the event had no readable id. */
  readonly id: string | null
  /** Its place in the batch. */
  readonly index: number
  readonly reason: RejectionReason
  /** What gave a program away, beside the reason `bot`. */
  readonly detail?: ProgramSign | undefined
  /** One sentence with the cure. */
  readonly message: string
}

/** Why a step refuses an event. */
export interface Refusal {
  readonly reason: RejectionReason
  readonly detail?: ProgramSign | undefined
  readonly message: string
}

const BROKEN: ReadonlySet<RejectionReason> = new Set(['malformed', 'forbidden-key', 'too-large'])

/** Tells whether a reason means that the sender does not keep to the protocol. */
export function isBroken(reason: RejectionReason): boolean {
  return BROKEN.has(reason)
}
