import { decodeText } from '../decode-text.ts'

// Nothing, dots only, or a separator or control character inside: to somebody after us it may be another place.
const UNSAFE = /^\.{0,2}$|[/\\\p{Cc}]/u

/** Decodes one segment of a path; `undefined` when it is not well encoded or could mean another place, decoded once or twice. */
export function decodeSegment(segment: string): string | undefined {
  const once = decodeText(segment) ?? ''
  // Text such as `100%` cannot be decoded again, and is harmless.
  return UNSAFE.test(once) || UNSAFE.test(decodeText(once) ?? once) ? undefined : once
}
