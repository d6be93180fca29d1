import { FALSE, TRUE, type Truth } from '../condition/truth.ts'
import { WEIGHTS } from '../signal/decay.ts'
import type { Bucket } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import { NEVER, type Scope } from './scope.ts'
import { type Decaying, strengthAt } from './strength-at.ts'

/** Answers whether a decayed strength lies in a range, exactly until it does not: it only ever falls, down to 0. */
export function matchDecaying(
  scope: Scope,
  { slot, bucket, least, greatest }: Decaying,
  place: number,
  buckets: readonly Bucket[],
): Truth {
  const now = Math.floor(scope.now / bucket)
  const value = strengthAt(scope, slot, place, buckets, now, 0)
  if (value < least) return answer(scope, FALSE, NEVER)
  const isIn = value <= greatest
  const truth = isIn ? TRUE : FALSE
  // It turns when the strength falls to this.
  const bound = isIn ? least - 1 : greatest
  if (bound < 0) return answer(scope, truth, NEVER)
  let low = 1
  let high = endOf(buckets) - now
  // Most of the strength fades as the weights do: half in 8 borders. A first guess, which changes no answer.
  let middle = Math.ceil(-8 * Math.log2(bound / value))
  while (low < high) {
    if (middle < low || middle >= high) middle = (low + high) >> 1
    if (strengthAt(scope, slot, place, buckets, now, middle) <= bound) {
      high = middle
      middle--
    } else {
      low = middle + 1
      middle++
    }
  }
  const leaps = !isIn && strengthAt(scope, slot, place, buckets, now, low) < least
  return answer(scope, truth, leaps ? NEVER : (now + low) * bucket)
}

// The border from which on nothing is left; a bucket of no points never counts.
function endOf(buckets: readonly Bucket[]): number {
  let last = buckets.length - 1
  while (last >= 0 && buckets[last]![1] === 0) last--
  return last < 0 ? 0 : buckets[last]![0] + WEIGHTS.length
}
