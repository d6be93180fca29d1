import { endsOf } from '../condition/prepared-test.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import { RING_BUCKETS, takeInto } from '../signal/ring.ts'
import type { Bucket, RingState, TotalState } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { type Matcher, NEVER, type Scope, stateAt } from './scope.ts'

/** A count, sum, least or greatest over the 60 buckets of a window. */
export function compileRing(leaf: LeafOf<'ring'>): Matcher {
  const [least, greatest] = endsOf(leaf.range)
  return leaf.take === undefined ? countRing(leaf, least, greatest) : takeRing(leaf, least, greatest)
}

// A count only falls as buckets leave, oldest first.
function countRing({ slot, bucket }: LeafOf<'ring'>, least: number, greatest: number): Matcher {
  return (scope) => {
    const { buckets } = stateAt<RingState>(scope, slot)
    let at = firstInWindow(scope, buckets, bucket)
    let count = 0
    for (let place = at; place < buckets.length; place++) count += buckets[place]![1]
    if (count < least || greatest < 0) return answer(scope, FALSE, NEVER)
    const isIn = count <= greatest
    if (isIn && least <= 0) return answer(scope, TRUE, NEVER)
    // It turns when the count falls to this.
    const bound = isIn ? least - 1 : greatest
    for (; count > bound; at++) count -= buckets[at]![1]
    const until = (buckets[at - 1]![0] + RING_BUCKETS) * bucket
    return isIn ? answer(scope, TRUE, until) : answer(scope, FALSE, count < least ? NEVER : until)
  }
}

function takeRing({ slot, bucket, take }: LeafOf<'ring'>, least: number, greatest: number): Matcher {
  // Nothing sums to 0, but has no least and no greatest.
  const nothing = take === 'min' ? NEVER : take === 'max' ? -NEVER : 0
  let value = nothing
  const gathering: Gathering = {
    reset: () => {
      value = nothing
    },
    add: (amount) => {
      value = takeInto(take, value, amount)
    },
    truth: () => truthIn(value, least, greatest),
  }
  return (scope) => {
    const { buckets } = stateAt<RingState>(scope, slot)
    return gatherWindow(scope, gathering, buckets, buckets, firstInWindow(scope, buckets, bucket), bucket)
  }
}

/** What is gathered from buckets. One serves all questions to its condition: none meets another. */
interface Gathering {
  readonly reset: () => void
  readonly add: (amount: number, beside: number) => void
  readonly truth: () => Truth
}

/** Answers from the buckets of a window, and those that stand beside them, exactly until one leaves that matters. */
function gatherWindow(
  scope: Scope,
  { reset, add, truth }: Gathering,
  buckets: readonly Bucket[],
  beside: readonly Bucket[],
  first: number,
  bucket: number,
): Truth {
  const shift = beside.length - buckets.length
  reset()
  for (let at = buckets.length - 1; at >= first; at--) add(buckets[at]![1], beside[at + shift]![1])
  const answered = truth()
  // Buckets leave oldest first; the earliest leaving without which the answer differs is the last one met from behind.
  let until = NEVER
  reset()
  for (let at = buckets.length - 1; at >= first; at--) {
    if (truth() !== answered) until = (buckets[at]![0] + RING_BUCKETS) * bucket
    add(buckets[at]![1], beside[at + shift]![1])
  }
  return answer(scope, answered, until)
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
      return answer(scope, truthIn(mean(sum.total ?? 0, number.total ?? 0), least, greatest), NEVER)
    }
  }
  let sum = 0
  let number = 0
  const gathering: Gathering = {
    reset: () => {
      sum = 0
      number = 0
    },
    add: (amount, values) => {
      sum = takeInto('sum', sum, amount)
      number += values
    },
    truth: () => truthIn(mean(sum, number), least, greatest),
  }
  return (scope) => {
    const summed = stateAt<RingState>(scope, leaf.sum)
    const counted = stateAt<RingState>(scope, leaf.number)
    const first = firstInWindow(scope, summed.buckets, bucket)
    const known = firstCounted(summed, counted, first, bucket)
    if (known > first) return answer(scope, UNKNOWN, (summed.buckets[known - 1]![0] + RING_BUCKETS) * bucket)
    // Both listen to the same values, so their buckets stand side by side.
    return gatherWindow(scope, gathering, summed.buckets, counted.buckets, first, bucket)
  }
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

/** The place of the first bucket that lies in the window now. */
function firstInWindow(scope: Scope, buckets: readonly Bucket[], bucket: number): number {
  const oldest = Math.floor(scope.now / bucket) - RING_BUCKETS
  let first = 0
  while (first < buckets.length && buckets[first]![0] <= oldest) first++
  return first
}

// What has no end is the least, greatest or mean of nothing.
function truthIn(value: number, least: number, greatest: number): Truth {
  if (value === NEVER || value === -NEVER) return UNKNOWN
  return value >= least && value <= greatest ? TRUE : FALSE
}

function mean(sum: number, number: number): number {
  if (number === 0) return NEVER
  // Exact where a quotient of doubles would round up.
  const rest = sum % number
  return (sum - (rest < 0 ? rest + number : rest)) / number
}
