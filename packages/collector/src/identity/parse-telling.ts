import { type Consent, isObject, own, parseConsent } from '@attune/core'
import { readJson } from '@attune/core/json'
import { isUserId, MAX_USER_ID } from '../accounts.ts'

const MAX_BODY_BYTES = 64 * 1024
const MAX_HEADERS = 64
const SOURCE = /^[A-Za-z0-9][\w.-]{0,63}$/

type Traits = { readonly [name: string]: unknown }

/** What a server says of one of its users. */
export type Telling =
  /** They sign in with this browser. */
  | { readonly userId: string; readonly request: Request; readonly traits?: Traits }
  /** Something is known of them. */
  | {
      readonly userId: string
      readonly traits: Traits
      readonly consent: Consent
      readonly source?: string | undefined
    }

/** Reads what a server says, from JSON text; text says what is wrong, and the cure. */
export function parseTelling(text: string): Telling | string {
  const read = readJson(text, MAX_BODY_BYTES)
  if (!read.ok) return `${read.problems[0]?.path}: ${read.problems[0]?.message}`
  if (!isObject(read.value)) return 'What is told is an object with userId, and request or traits.'
  const userId = own(read.value, 'userId')
  if (!isUserId(userId)) return `$.userId: The id of your user is text of 1 to ${MAX_USER_ID} characters.`
  const traits = own(read.value, 'traits')
  if (traits !== undefined && !isObject(traits)) return '$.traits: Traits are an object: name → value.'
  const given = own(read.value, 'request')
  if (given !== undefined) {
    const request = readRequest(given)
    return typeof request === 'string' ? request : { userId, request, ...(traits && { traits }) }
  }
  if (traits === undefined) return '$: Give request for a sign-in, or traits.'
  const consent = parseConsent(own(read.value, 'consent'))
  if (!consent.ok) return `$.consent: ${consent.problems[0]?.message}`
  const source = own(read.value, 'source')
  if (source === undefined) return { userId, traits, consent: consent.value }
  if (typeof source !== 'string' || !SOURCE.test(source))
    return '$.source: A source is a name of at most 64 letters, digits and . _ -.'
  return { userId, traits, consent: consent.value, source }
}

// The visitor's own request, as the server got it.
function readRequest(value: unknown): Request | string {
  const url = isObject(value) ? own(value, 'url') : undefined
  const headers = isObject(value) ? own(value, 'headers') : undefined
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url))
    return '$.request.url: Give the address that the visitor asked for, with https://.'
  if (!isObject(headers)) return '$.request.headers: Give the headers of the visitor’s request: name → text.'
  const pairs = Object.entries(headers)
  if (pairs.length > MAX_HEADERS) return `$.request.headers: Give at most ${MAX_HEADERS}.`
  try {
    return new Request(url, { headers: pairs.map(([name, text]): [string, string] => [name, String(text)]) })
  } catch {
    return '$.request: This is no request: an address with a name in it, or a header that cannot be one.'
  }
}
