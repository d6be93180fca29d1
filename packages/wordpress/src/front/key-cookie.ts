/** Which segments the visitor is in, without saying who the visitor is: a page cache may tell pages apart by it. */
export const KEY_COOKIE = 'attune_k'

/** The most segments that a key can hold. */
export const KEY_SEGMENTS = 32

const BYTES = 8

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
