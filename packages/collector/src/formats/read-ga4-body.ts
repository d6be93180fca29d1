import { type Consent, EXPOSURE, isObject, own } from '@attune/core'
import { flattenGa4, isSelfDescribing, SELF_DESCRIBING } from '@attune/core/formats'
import { type Entry, EXPOSURE_ENTRY, membersOf, type Outside, readVisitor } from './entry.ts'

type Members = { readonly [name: string]: unknown }

/** The most events of a request. Source: Google, Measurement Protocol. */
export const MAX_GA4_EVENTS = 25

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** Reads the body of GA4's Measurement Protocol: one entry for each event, in their order; text says what is wrong with the whole. */
export function readGa4Body(body: unknown, outside: Outside): readonly Entry[] | string {
  if (!isObject(body)) return 'The body is no request of the Measurement Protocol. Send an object.'
  const events = own(body, 'events')
  if (!Array.isArray(events) || events.length === 0 || events.length > MAX_GA4_EVENTS)
    return `\`events\` is a list of 1 to ${MAX_GA4_EVENTS} events.`
  const visitor = readVisitor(own(body, 'client_id'), 'Send the visitor’s id as client_id.')
  return events.map((event: unknown) =>
    typeof visitor === 'string' ? readEvent(event, visitor, body, outside) : visitor,
  )
}

function readEvent(event: unknown, visitor: string, body: Members, { now, createId }: Outside): Entry {
  if (!isObject(event)) return NO_EVENT
  if (isSelfDescribing(event)) return SELF_DESCRIBING
  const name = own(event, 'name')
  if (typeof name !== 'string' || !NAME.test(name)) return NO_EVENT
  if (name === EXPOSURE) return EXPOSURE_ENTRY
  const time = timeOf(own(event, 'timestamp_micros')) ?? timeOf(own(body, 'timestamp_micros')) ?? now
  const properties = flattenGa4(membersOf(event, 'params'))
  const userAgent = own(body, 'user_agent')
  return {
    visitor,
    consent: consentOf(membersOf(body, 'consent')),
    event: { id: createId(), name, time, properties },
    userAgent: typeof userAgent === 'string' ? userAgent : undefined,
  }
}

// All that the protocol speaks of is advertising, in two words: one of them that says no is a no, one alone that says yes says nothing.
function consentOf(said: Members): Consent {
  const states = [own(said, 'ad_user_data'), own(said, 'ad_personalization')]
  if (states.some((state) => state !== undefined && state !== 'GRANTED')) return { marketing: false }
  return states.includes(undefined) ? {} : { marketing: true }
}

function timeOf(micros: unknown): number | undefined {
  const time = typeof micros === 'number' || typeof micros === 'string' ? Number(micros) / 1000 : Number.NaN
  return time > 0 ? Math.floor(time) : undefined
}

const NO_EVENT: Entry = {
  reason: 'name',
  message: 'An event has a name of at most 64 letters, digits and _, beginning with a letter. Name it so.',
}
