import { isObject } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { failure, type Result, success } from '../result/result.ts'
import { isPurpose, PURPOSES, type Purpose } from './purpose.ts'

/** What the visitor allowed, a state per purpose; a purpose that is not named is not granted. */
export type Consent = { readonly [P in Purpose]?: boolean }

/** Nothing but `functional`. */
export const NO_CONSENT: Consent = {}

/** Tells whether a purpose is granted; `functional` always is. */
export function isGranted(consent: Consent, purpose: Purpose): boolean {
  return purpose === 'functional' || (Object.hasOwn(consent, purpose) && consent[purpose] === true)
}

/** The granted purposes as bits in the order of `PURPOSES`, so that a condition asks with one `&`. */
export function consentBits(consent: Consent): number {
  let bits = 0
  for (let bit = 0; bit < PURPOSES.length; bit++) if (isGranted(consent, PURPOSES[bit]!)) bits |= 1 << bit
  return bits
}

/** The bits of some purposes. */
export function purposeBits(purposes: Iterable<Purpose>): number {
  let bits = 0
  for (const purpose of purposes) bits |= 1 << PURPOSES.indexOf(purpose)
  return bits
}

/** Reads `{ "preferences": true, … }`; an unknown purpose or a state that is not true or false is refused. */
export function parseConsent(value: unknown, path = '$.consent'): Result<Consent> {
  if (!isObject(value))
    return failure(path, 'consent', 'Consent is an object of purpose to true or false.', value)
  const consent: { [P in Purpose]?: boolean } = {}
  for (const [purpose, state] of Object.entries(value)) {
    const place = jsonPath(path, purpose)
    if (!isPurpose(purpose))
      return failure(place, 'unknown-purpose', `Purposes are ${PURPOSES.join(', ')}.`, purpose)
    if (typeof state !== 'boolean') return failure(place, 'consent', 'A purpose is true or false.', state)
    consent[purpose] = state
  }
  return success(consent)
}
