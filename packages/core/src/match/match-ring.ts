import { endsOf } from '../condition/prepared-test.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import { meanOf, RING_BUCKETS } from '../signal/ring.ts'
import type { RingState, TotalState } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { ringWindow } from './ring-window.ts'
import { type Matcher, NEVER, type RingWindow, type Scope, stateAt } from './scope.ts'

/** A count, sum, least or greatest over the 60 buckets of a window. */
export function compileRing(leaf: LeafOf<'ring'>): Matcher {
  const [least, greatest] = endsOf(leaf.range)
  return (scope) => {
    const window = ringWindow(scope, leaf)
    const { values, length } = window
    const truth = truthIn(values[0]!, least, greatest)
    // Buckets leave one after another, oldest first.
    for (let left = 1; left <= length; left++)
      if (truthIn(values[left]!, least, greatest) !== truth)
        return leaving(scope, truth, window, left, leaf.bucket)
    return answer(scope, truth, NEVER)
  }
}

/** The mean of a property, in a window or of everything: floor(sum / n) in ten-thousandths; unknown of nothing. */
export function compileAverage(leaf: LeafOf<'average'>): Matcher {
  const [least, greatest] = endsOf(leaf.range)
  const { bucket } = leaf
  if (bucket === undefined) {
    return (scope) => {
      const sum = stateAt<TotalState>(scope, leaf.sum)
      const number = stateAt<TotalState>(scope, leaf.number)
      if (isUncounted(sum, number)) return answer(scope, UNKNOWN, NEVER)
      return answer(scope, truthIn(meanOf(sum.total ?? 0, number.total ?? 0), least, greatest), NEVER)
    }
  }
  const summed = { slot: leaf.sum, bucket, take: 'sum' } as const
  const counted = { slot: leaf.number, bucket, take: 'number' } as const
  return (scope) => {
    const sums = ringWindow(scope, summed)
    const numbers = ringWindow(scope, counted)
    const known = firstCounted(sums.state, numbers.state, sums.first, bucket) - sums.first
    if (known > 0) return leaving(scope, UNKNOWN, sums, known, bucket)
    // Both listen to the same values, so their buckets stand side by side.
    const truth = truthIn(meanOf(sums.values[0]!, numbers.values[0]!), least, greatest)
    for (let left = 1; left <= sums.length; left++) {
      if (truthIn(meanOf(sums.values[left]!, numbers.values[left]!), least, greatest) !== truth)
        return leaving(scope, truth, sums, left, bucket)
    }
    return answer(scope, truth, NEVER)
  }
}

// Until so many buckets have left the window.
function leaving(
  scope: Scope,
  truth: Truth,
  { state, first }: RingWindow,
  left: number,
  bucket: number,
): Truth {
  return answer(scope, truth, (state.buckets[first + left - 1]![0] + RING_BUCKETS) * bucket)
}

/**
 * Tells whether values were added to a sum that nobody counted: another condition had it kept before a new ruleset
 * asked for the mean.
 */
function isUncounted(sum: TotalState | RingState, number: TotalState | RingState): boolean {
  return number.since !== sum.since
}

/** The place from which on the values of every bucket were counted, at least `first`. */
function firstCounted(sum: RingState, number: RingState, first: number, bucket: number): number {
  const uncounted = isUncounted(sum, number) ? Math.floor((number.since ?? NEVER) / bucket) : -NEVER
  let at = sum.buckets.length
  let beside = number.buckets.length
  while (at > first) {
    const [index] = sum.buckets[--at]!
    if (index <= uncounted || number.buckets[--beside]?.[0] !== index) return at + 1
  }
  return first
}

// What has no end is the least, greatest or mean of nothing.
function truthIn(value: number, least: number, greatest: number): Truth {
  if (value === NEVER || value === -NEVER) return UNKNOWN
  return value >= least && value <= greatest ? TRUE : FALSE
}
