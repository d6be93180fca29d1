import type { Json } from './json.ts'
import { JsonReader, SyntaxProblem } from './json-reader.ts'
import type { Problem, Result } from './result.ts'

/** The most bytes of UTF-8 a document may have: 512 KiB. */
export const MAX_DOCUMENT_BYTES: number = 512 * 1024

/** A document read as far as its syntax allows: the value, and the places that break a rule of ours. */
export interface LenientRead {
  /** `undefined` when the text is not JSON at all. */
  readonly value: Json | undefined
  readonly problems: readonly Problem[]
}

/**
 * Reads JSON strictly: a byte-order mark, duplicate keys, lone surrogates, numbers beyond ±(2^53 − 1),
 * nesting over 64 or text over `maxBytes` (default 512 KiB) are refused, each with its place.
 */
export function readJson(text: string, maxBytes: number = MAX_DOCUMENT_BYTES): Result<Json> {
  const { value, problems } = readJsonLeniently(text, maxBytes)
  if (value === undefined || problems.length > 0) return { ok: false, problems }
  return { ok: true, value }
}

/**
 * Like `readJson`, but goes on past what is well-formed JSON and yet against our rules, so that one bad
 * event does not cost a batch its good ones. Whoever calls it drops what a problem's path lies in.
 */
export function readJsonLeniently(text: string, maxBytes: number = MAX_DOCUMENT_BYTES): LenientRead {
  const problems: Problem[] = []
  if (utf8Length(text) > maxBytes) {
    return refused('$', 'too-large', `The document has more than ${maxBytes} bytes. Make it smaller.`)
  }
  if (text.charCodeAt(0) === 0xfeff) {
    return refused('$', 'byte-order-mark', 'The document begins with a byte-order mark. Save it without one.')
  }
  try {
    const reader = new JsonReader(text, problems)
    return { value: reader.document(), problems }
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem
    return refused(problem.path, problem.code, problem.message)
  }
}

function refused(path: string, code: string, message: string): LenientRead {
  return { value: undefined, problems: [{ path, code, severity: 'error', message }] }
}

function utf8Length(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}
