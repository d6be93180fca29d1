import {
  type Consent,
  type Context,
  fromPayload,
  isObject,
  type SealKeys,
  seal,
  toPayload,
  unseal,
} from '@attune/core'

// The end of the year 9999: later instants have no calendar.
const MAX_NOW = 253_402_300_799_999

/** How somebody who was given a signed preview sees the site. Nothing of it is remembered. */
export interface Preview {
  /** Whole seconds since 1970 from which it is void. */
  readonly exp: number
  /** Milliseconds at which to decide; default: now. */
  readonly now?: number
  /** Segments that are taken to match or not, whatever the profile says. */
  readonly assume?: { readonly [segment: string]: boolean }
  /** Groups that take the place of the request's own, such as `{ geo: { country: 'NO' } }`. */
  readonly context?: Context
  /** In place of the visitor's own. */
  readonly consent?: Consent
  /** As somebody of whom nothing is known. */
  readonly profile?: 'empty'
}

/** Signs a preview for a site; the value of the preview cookie. Whoever holds it may preview until `exp`. */
export function createPreview(keys: SealKeys, site: string, preview: Preview): string {
  return seal(keys, 'preview', site, toPayload(preview))
}

/**
 * Reads a signed preview; `undefined` when it is not ours, malformed or void.
 * @param now milliseconds
 */
export function readPreview(keys: SealKeys, site: string, text: string, now: number): Preview | undefined {
  const payload = unseal(keys, 'preview', site, text)
  const value = payload === undefined ? undefined : fromPayload(payload)
  return isPreview(value) && value.exp * 1000 > now ? value : undefined
}

// We signed it, so its inside is trusted: this only keeps what was signed by mistake from breaking a page.
function isPreview(value: unknown): value is Preview {
  if (!isObject(value) || typeof value.exp !== 'number') return false
  const { now = 0, assume = {}, context = {}, consent = {} } = value
  return typeof now === 'number' && now >= 0 && now <= MAX_NOW && [assume, context, consent].every(isObject)
}
