import { type Consent, EXPOSURE, isObject, own, PURPOSES } from '@attune/core'
import { readSegment, type SegmentCall } from '@attune/core/formats'
import { isUserId } from '../accounts.ts'
import { type Entry, EXPOSURE_ENTRY, membersOf, type Outside, readVisitor } from './entry.ts'

type Members = { readonly [name: string]: unknown }

const MAX_ID = 64

/** Reads the body of `/v1/track` and its like, or of `/v1/batch`: one entry for each message, in their order; text says what is wrong with the whole. */
export function readSegmentBody(
  body: unknown,
  call: SegmentCall | 'batch',
  outside: Outside,
): readonly Entry[] | string {
  if (!isObject(body)) return 'The body is no message. Send an object.'
  if (call !== 'batch') return [readMessage(body, call, {}, outside)]
  const batch = own(body, 'batch')
  if (!Array.isArray(batch) || batch.length === 0)
    return '`batch` is missing or empty. Send a list of messages.'
  return batch.map((message: unknown) => readMessage(message, undefined, body, outside))
}

function readMessage(
  message: unknown,
  call: SegmentCall | undefined,
  batch: Members,
  { now, createId, account }: Outside,
): Entry {
  const read = readSegment(message, call)
  if ('reason' in read || !isObject(message)) return 'reason' in read ? read : NO_MESSAGE
  if (read.name === EXPOSURE) return EXPOSURE_ENTRY
  const visitor = readVisitor(whoIs(message, account), 'Send the visitor’s id as anonymousId.')
  if (typeof visitor !== 'string') return visitor
  const id = own(message, 'messageId')
  const context = { ...membersOf(batch, 'context'), ...membersOf(message, 'context') }
  const userAgent = context.userAgent ?? context.user_agent
  return {
    visitor,
    consent: consentOf(context),
    event: {
      id: typeof id === 'string' && id !== '' && id.length <= MAX_ID ? id : createId(),
      time: timeOf(own(message, 'timestamp') ?? own(message, 'originalTimestamp')) ?? now,
      ...read,
    },
    sent: timeOf(own(message, 'sentAt') ?? own(batch, 'sentAt')),
    userAgent: typeof userAgent === 'string' ? userAgent : undefined,
  }
}

function whoIs(message: Members, account: Outside['account']): unknown {
  const anonymous = own(message, 'anonymousId') ?? own(message, 'anonymous_id')
  const user = own(message, 'userId') ?? own(message, 'user_id')
  return anonymous ?? (account !== undefined && isUserId(user) ? account(user) : user)
}

// Where a source passes consent on, the categories have to bear our purposes' names; what is none of them is not granted.
function consentOf(context: Members): Consent {
  const consent = membersOf(context, 'consent')
  if (own(consent, 'categoryPreferences') === undefined) return {}
  const said = membersOf(consent, 'categoryPreferences')
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, own(said, purpose) === true]))
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return time >= 0 ? time : undefined
}

const NO_MESSAGE: Entry = { reason: 'no-call', message: 'A message is an object. Send one.' }
