import { FALSE, TRUE, type Truth } from '../condition/truth.ts'
import { WEIGHTS } from '../signal/decay.ts'
import { NEVER, type Scope } from './scope.ts'

/** Leaves an answer and its horizon. */
export function answer(scope: Scope, truth: Truth, until: number): Truth {
  scope.until = until
  return truth
}

/**
 * Answers whether the number of things in a sliding window lies in a range, exactly until it does not. `timeAt` gives
 * the time of each of `length` things, newest first. As they leave, the number falls; those of one second leave together.
 */
export function countInWindow<T>(
  scope: Scope,
  things: readonly T[],
  timeOf: (thing: T) => number,
  window: number,
  least: number,
  greatest: number,
): Truth {
  const cut = scope.now - window
  let count = 0
  while (count < things.length && timeOf(things[count]!) > cut) count++
  // "Less than 0" has no number that passes.
  if (count < least || greatest < 0) return answer(scope, FALSE, NEVER)
  if (count <= greatest) {
    // Below the range as soon as the thing at its least place leaves.
    const until = least > 0 ? timeOf(things[least - 1]!) + window : NEVER
    return answer(scope, TRUE, until)
  }
  const leaving = timeOf(things[greatest]!)
  let left = greatest
  while (left > 0 && timeOf(things[left - 1]!) === leaving) left--
  return answer(scope, FALSE, left < least ? NEVER : leaving + window)
}

/**
 * Answers whether a decaying value lies in a range, exactly until it does not. `valueAt` gives it at a border from `now`
 * on; it only ever falls, and from `end` on it is 0. `bucket` are the seconds from border to border.
 */
export function decayingValue(
  scope: Scope,
  valueAt: (border: number) => number,
  bucket: number,
  end: number,
  least: number,
  greatest: number,
): Truth {
  const now = Math.floor(scope.now / bucket)
  const value = valueAt(now)
  if (value < least) return answer(scope, FALSE, NEVER)
  const isIn = value <= greatest
  if (isIn ? least <= 0 : greatest < 0) return answer(scope, isIn ? TRUE : FALSE, NEVER)
  const bound = isIn ? least - 1 : greatest
  const change = firstAtMost(bound, value, now, end, valueAt)
  const leaps = !isIn && valueAt(change) < least
  return answer(scope, isIn ? TRUE : FALSE, leaps ? NEVER : change * bucket)
}

// The first border after `now`, and not after `end`, at which the value is at most `bound`.
function firstAtMost(
  bound: number,
  value: number,
  now: number,
  end: number,
  valueAt: (border: number) => number,
): number {
  let low = now + 1
  let high = end
  // Most of the value fades as the weights do, so the border is where they say, or next to it.
  let middle = now + fadedTo(bound / value)
  while (low < high) {
    if (middle < low || middle >= high) middle = (low + high) >> 1
    if (valueAt(middle) <= bound) {
      high = middle
      middle--
    } else {
      low = middle + 1
      middle++
    }
  }
  return low
}

/** After how many buckets a weight has faded to a share of itself. */
function fadedTo(share: number): number {
  let buckets = 0
  while (buckets < WEIGHTS.length && WEIGHTS[buckets]! > share * 1_000_000) buckets++
  return buckets
}
