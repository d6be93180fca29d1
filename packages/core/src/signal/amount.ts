import { isObject } from '../result/json.ts'

/** There is no value: it counts for nothing. */
export const MISSING = undefined
/** There is a value, but no number within ±10^9: it is left out, and that is counted. */
export const SKIPPED = null

const MAX_VALUE = 1_000_000_000
const PARTS = 10_000

/** A property's value in whole ten-thousandths, `floor(x × 10000 + 0.5)`. */
export function amountOf(value: unknown): number | typeof MISSING | typeof SKIPPED {
  if (typeof value === 'number' && Math.abs(value) <= MAX_VALUE) return Math.floor(value * PARTS + 0.5)
  return value === undefined || value === null || isObject(value) ? MISSING : SKIPPED
}
