import { type Consent, isObject, own, parseConsent, parseVisitorId } from '@attune/core'
import { readJson } from '@attune/core/json'

/** The most events that a server sends at once. */
export const MAX_SERVER_EVENTS = 50
const MAX_BODY_BYTES = 64 * 1024

/** Events of one visitor as a server of the site sends them. */
export interface ServerBatch {
  readonly visitor: string
  /** What the visitor granted, as the server knows it; a purpose that is not named is not granted. */
  readonly consent: Consent
  /** 1 to 50; each is judged like an event of a browser. */
  readonly events: readonly unknown[]
  /** When the server's clock said it was sending, milliseconds. */
  readonly sent?: number
}

/** Reads a server's batch from JSON text: strictly, since whoever sends it can mend it. Text says what is wrong, and the cure. */
export function parseServerBatch(text: string): ServerBatch | string {
  const read = readJson(text, MAX_BODY_BYTES)
  if (!read.ok) return `${read.problems[0]?.path}: ${read.problems[0]?.message}`
  if (!isObject(read.value)) return 'A batch is an object with visitor, consent and events.'
  const visitor = parseVisitorId(own(read.value, 'visitor'))
  if (!visitor.ok) return `$.visitor: ${visitor.problems[0]?.message}`
  const consent = parseConsent(own(read.value, 'consent'))
  if (!consent.ok) return `${consent.problems[0]?.path}: ${consent.problems[0]?.message}`
  const events = own(read.value, 'events')
  if (!Array.isArray(events) || events.length === 0 || events.length > MAX_SERVER_EVENTS)
    return `$.events: Send a list of 1 to ${MAX_SERVER_EVENTS} events.`
  const sent = own(read.value, 'sent')
  if (sent !== undefined && !(typeof sent === 'number' && sent >= 0))
    return '$.sent: The time of sending is milliseconds since 1970.'
  return {
    visitor: visitor.value,
    consent: consent.value,
    events,
    ...(sent === undefined ? {} : { sent }),
  }
}
