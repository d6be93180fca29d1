import type { Gathering } from './buckets.ts'
import type { Take } from './signal.ts'

/** A window's ring has this many buckets. */
export const RING_BUCKETS = 60
/** Sums saturate at this many ten-thousandths, which leaves room below 2^53. */
export const MAX_SUM = 9_000_000_000_000_000

/** The least and the greatest of nothing are nothing; what is added up begins at 0. */
export function isExtreme(take: Take | undefined): boolean {
  return take === 'min' || take === 'max'
}

/** Adds an amount to what was taken so far, `undefined` being nothing: counts and sums add, `min` and `max` choose. */
export function takeInto(take: Take | undefined, taken: number | undefined, amount: number): number {
  if (taken === undefined) return amount
  if (take === 'min') return Math.min(taken, amount)
  if (take === 'max') return Math.max(taken, amount)
  return Math.max(-MAX_SUM, Math.min(MAX_SUM, taken + amount))
}

/** The mean of so many values, floor(sum / number) in the sum's unit; ∞ of nothing. */
export function meanOf(sum: number, number: number): number {
  if (number === 0) return Number.POSITIVE_INFINITY
  // Exact where a quotient of doubles would round up.
  const rest = sum % number
  return (sum - (rest < 0 ? rest + number : rest)) / number
}

/** How a ring gathers what is taken. */
export function ringGathering(take: Take | undefined): Gathering {
  return { span: RING_BUCKETS, join: (held, amount) => takeInto(take, held, amount) }
}
