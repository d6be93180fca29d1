import { RING_BUCKETS, takeInto } from '../signal/ring.ts'
import type { RingState, Take } from '../signal/signal.ts'
import { type RingWindow, type Scope, stateAt } from './scope.ts'

/** The window of a ring for the question at hand, worked out once. Nothing has no least (∞) and no greatest (−∞), but sums to 0. */
export function ringWindow(
  scope: Scope,
  { slot, bucket, take }: { readonly slot: number; readonly bucket: number; readonly take?: Take },
): RingWindow {
  const window = scope.windows[slot] ?? createWindow()
  scope.windows[slot] = window
  if (window.turn === scope.turn) return window
  window.turn = scope.turn
  const state = stateAt<RingState>(scope, slot)
  const { buckets } = state
  const oldest = Math.floor(scope.now / bucket) - RING_BUCKETS
  let first = 0
  while (first < buckets.length && buckets[first]![0] <= oldest) first++
  const length = buckets.length - first
  let value = take === 'min' ? Number.POSITIVE_INFINITY : take === 'max' ? Number.NEGATIVE_INFINITY : 0
  window.values[length] = value
  for (let at = length - 1; at >= 0; at--) {
    value = takeInto(take, value, buckets[first + at]![1])
    window.values[at] = value
  }
  window.state = state
  window.first = first
  window.length = length
  return window
}

function createWindow(): RingWindow {
  return { turn: 0, state: { buckets: [] }, first: 0, length: 0, values: new Float64Array(RING_BUCKETS + 1) }
}
