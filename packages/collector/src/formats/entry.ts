import { type AttuneEvent, type Consent, isObject, own, parseVisitorId } from '@attune/core'

/** One message of another tool, read: an event of ours and whose it is, or why it is none. */
export type Entry = TakenEntry | RefusedEntry

/** An event of ours and whose it is. */
export interface TakenEntry {
  readonly visitor: string
  /** What the message says that the visitor granted, and what not; of a purpose that is missing it says nothing. */
  readonly consent: Consent
  readonly event: AttuneEvent
  /** When the sender's clock said it was sending, milliseconds. */
  readonly sent?: number | undefined
  readonly userAgent?: string | undefined
}

/** Why a message is no event of ours: a short name, and one sentence with the cure. */
export interface RefusedEntry {
  readonly reason: string
  readonly message: string
}

/** Why an exposure is not taken: it says what was seen of ours, and only the tracker saw that. */
export const EXPOSURE_ENTRY: RefusedEntry = {
  reason: 'reserved',
  message: 'Only the tracker says what was seen of a placement. Rename the event.',
}

/** What reading takes from outside. */
export interface Outside {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Makes the id of an event that brings none. */
  readonly createId: () => string
  /** The visitor that stands for a site's own user; without it the user's id is taken for a visitor's. */
  readonly account?: ((userId: string) => string) | undefined
}

/** Reads a visitor's id; a refusal when there is none. */
export function readVisitor(value: unknown, cure: string): string | RefusedEntry {
  const visitor = parseVisitorId(value)
  return visitor.ok ? visitor.value : { reason: 'no-visitor', message: `Nobody is named. ${cure}` }
}

/** An own member that is an object, or none. */
export function membersOf(value: unknown, name: string): { readonly [name: string]: unknown } {
  const members = isObject(value) ? own(value, name) : undefined
  return isObject(members) ? members : {}
}
