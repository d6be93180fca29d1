import { FALSE, TRUE, type Truth } from '../condition/truth.ts'
import { WEIGHTS } from '../signal/decay.ts'
import type { Bucket } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import { NEVER, type Scope } from './scope.ts'
import { type Decaying, strengthAt } from './strength-at.ts'

/** Answers whether a decayed strength lies in a range, exactly until it does not: it only ever falls, down to 0. */
export function matchDecaying(
  scope: Scope,
  decaying: Decaying,
  place: number,
  buckets: readonly Bucket[],
): Truth {
  const { bucket, least, greatest } = decaying
  const now = Math.floor(scope.now / bucket)
  const value = strengthAt(scope, decaying, place, buckets, now)
  if (value < least) return answer(scope, FALSE, NEVER)
  const isIn = value <= greatest
  const truth = isIn ? TRUE : FALSE
  // It turns when the strength falls to this.
  const bound = isIn ? least - 1 : greatest
  if (bound < 0) return answer(scope, truth, NEVER)
  const change = firstAtMost(scope, decaying, place, buckets, bound, value)
  const leaps = !isIn && strengthAt(scope, decaying, place, buckets, change) < least
  return answer(scope, truth, leaps ? NEVER : change * bucket)
}

// The first later border at which the strength is at most `bound`, which it is not yet.
function firstAtMost(
  scope: Scope,
  decaying: Decaying,
  place: number,
  buckets: readonly Bucket[],
  bound: number,
  value: number,
): number {
  const now = Math.floor(scope.now / decaying.bucket)
  let low = now + 1
  let high = endOf(buckets)
  // Most of the strength fades as the weights do, so the border is where they say, or next to it.
  let middle = now + fadedTo(bound / value)
  while (low < high) {
    if (middle < low || middle >= high) middle = Math.floor((low + high) / 2)
    if (strengthAt(scope, decaying, place, buckets, middle) <= bound) {
      high = middle
      middle--
    } else {
      low = middle + 1
      middle++
    }
  }
  return low
}

// After how many buckets a weight has faded to a share of itself.
function fadedTo(share: number): number {
  let buckets = 0
  while (buckets < WEIGHTS.length && WEIGHTS[buckets]! > share * 1_000_000) buckets++
  return buckets
}

// The border from which on nothing is left; a bucket of no points never counts.
function endOf(buckets: readonly Bucket[]): number {
  let last = buckets.length - 1
  while (last >= 0 && buckets[last]![1] === 0) last--
  return last < 0 ? 0 : buckets[last]![0] + WEIGHTS.length
}
