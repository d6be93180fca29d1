// Nothing, dots only, or a separator or control character inside: to somebody after us it may be another place.
const UNSAFE = /^\.{0,2}$|[/\\\p{Cc}]/u

/** Decodes one segment of a path; `undefined` when it is not well encoded or could mean another place, decoded once or twice. */
export function decodeSegment(segment: string): string | undefined {
  const once = decode(segment) ?? ''
  // Text such as `100%` cannot be decoded again, and is harmless.
  return UNSAFE.test(once) || UNSAFE.test(decode(once) ?? once) ? undefined : once
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
