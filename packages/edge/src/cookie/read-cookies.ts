import { CONSENT_COOKIE, HOST_PREFIX, SESSION_COOKIE } from './cookie-names.ts'

/** The names of all cookies of ours begin with it, after `__Host-`. */
export const PREFIX = 'attune_'
// A browser keeps some 4 KB a cookie; a header past this is an attack, or nothing of it is worth the time.
const MAX_HEADER = 8_192

/** The cookies of ours that a request carries. */
export interface Cookies {
  /** The value of a cookie that stands exactly once, else empty. */
  get(name: string): string
  /** Whether a cookie of this name came at all. */
  has(name: string): boolean
}

/**
 * Reads our cookies of a `Cookie` header in one pass, by their names without `__Host-`. By https, what we signed counts only
 * with it. A name that stands twice has no value: a sibling host may have planted one of them. A header over
 * 8 KB is taken as empty.
 */
export function readCookies(header: string | null, secure: boolean): Cookies {
  const found = new Map<string, string>()
  const text = header === null || header.length > MAX_HEADER ? '' : header
  for (const part of text.split(';')) {
    const equals = part.indexOf('=')
    const given = part.slice(0, Math.max(0, equals)).trim()
    const isOwn = given.startsWith(HOST_PREFIX)
    const name = isOwn ? given.slice(HOST_PREFIX.length) : given
    if (name.startsWith(PREFIX) && (isOwn || !secure || name === CONSENT_COOKIE || name === SESSION_COOKIE))
      found.set(name, found.has(name) ? '' : part.slice(equals + 1).trim())
  }
  return { get: (name) => found.get(name) ?? '', has: (name) => found.has(name) }
}
