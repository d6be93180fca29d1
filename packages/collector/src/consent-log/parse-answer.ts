import { isObject, own } from '@attune/core'
import { readJson } from '@attune/core/json'

/** What the page says of an answer; what was granted is read from the cookie. */
export interface ConsentAnswer {
  /** By what the visitor answered. */
  readonly by: string
  /** Which texts they saw; '' when the page does not name them. */
  readonly text: string
}

// What an answer says is far shorter; the rest is not ours.
const MAX_ANSWER_BYTES = 2_048

const BY = /^[a-z][a-z0-9-]{0,31}$/
// Anything that a person would call a state of a text; nothing that could be somebody's name and address.
const TEXT = /^[\w.:/+-]{0,64}$/

/** Reads `{ "by": "accept", "text": "2026-11" }`; other members are not looked at. `undefined` for what is none. */
export function parseAnswer(body: string): ConsentAnswer | undefined {
  const read = readJson(body, MAX_ANSWER_BYTES)
  if (!read.ok || !isObject(read.value)) return undefined
  const [by, text = ''] = [own(read.value, 'by'), own(read.value, 'text')]
  if (typeof by !== 'string' || !BY.test(by) || typeof text !== 'string' || !TEXT.test(text)) return undefined
  return { by, text }
}
