import type { Known } from './known.ts'

/** Which segments the visitor is in, without saying who the visitor is: a page cache may tell pages apart by it. */
export const KEY_COOKIE = 'attune_k'

/** The most segments that a key can hold. */
export const KEY_SEGMENTS = 32

const BYTES = 8
const DAY = 86_400

/** A key and the seconds for which it is good: until the first of its segments may change, and never longer than a day. */
export type Key = readonly [value: string, seconds: number]

/** Works out the key of a visitor at a time (milliseconds), of whom this is known from then on. */
export function workOutKey({ h, s }: Known, now: number): Key {
  const seconds = Math.min(DAY, ...s.map(([, end]) => Math.floor(Number(end) - now / 1000)))
  // First in a schedule stands what is so now.
  const truths = s.map(([truth]) => truth as boolean | null)
  return [writeKey(h, truths), Math.max(0, seconds)]
}

/** Sets the cookie for the pages under a path. */
export function writeKeyCookie({ document, location }: Window, path: string, [value, seconds]: Key): void {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${KEY_COOKIE}=${value}; Path=${path}; SameSite=Lax; Max-Age=${seconds}${secure}`
}

/** Takes the cookie away. */
export function dropKeyCookie(window: Window, path: string): void {
  if (window.document.cookie.includes(`${KEY_COOKIE}=`)) writeKeyCookie(window, path, ['', -1])
}

/**
 * Writes the value of a key from the truth of each segment in order; `null` is unknown. In its 64 bits, least first, stand the segments that
 * are true, then those known to be false. Segments past 32 are left out.
 * @param hash the first 6 hex digits of the ruleset's
 */
export function writeKey(hash: string, truths: readonly (boolean | null)[]): string {
  const bytes = new Uint8Array(BYTES)
  truths.slice(0, KEY_SEGMENTS).forEach((truth, segment) => {
    if (truth === null) return
    const place = truth ? segment : segment + KEY_SEGMENTS
    bytes[place >> 3]! |= 1 << (place & 7)
  })
  const text = btoa(String.fromCharCode(...bytes))
  return `v1.${hash}.${text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`
}
