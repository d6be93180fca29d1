import type { FoldedEvent } from './folded-event.ts'
import { RING_BUCKETS } from './needed-signals.ts'
import type { Bucket, RingSignal, RingState, TotalState } from './signal.ts'

/** Counts one more, up to 2^53 − 1. */
export function foldTotal(state: TotalState): TotalState {
  return { ...state, total: Math.min(state.total + 1, Number.MAX_SAFE_INTEGER) }
}

/** Counts one more in the event's bucket; buckets that have left the window of the newest are dropped. */
export function foldRing(signal: RingSignal, state: RingState, event: FoldedEvent): RingState {
  const buckets = addToBucket(
    state.buckets,
    Math.floor(event.seconds / signal.bucket),
    1,
    Number.MAX_SAFE_INTEGER,
  )
  return { ...state, buckets: dropOld(buckets, RING_BUCKETS) }
}

/** Adds to the bucket of an index, keeping the list ascending and no bucket above `most`. */
export function addToBucket(
  buckets: readonly Bucket[],
  index: number,
  amount: number,
  most: number,
): readonly Bucket[] {
  let at = buckets.length
  while (at > 0 && buckets[at - 1]![0] > index) at--
  const known = at > 0 ? buckets[at - 1]! : undefined
  if (known?.[0] !== index)
    return [...buckets.slice(0, at), [index, Math.min(amount, most)], ...buckets.slice(at)]
  return [...buckets.slice(0, at - 1), [index, Math.min(known[1] + amount, most)], ...buckets.slice(at)]
}

/** Drops the buckets that lie `span` or more behind `newest`, by default the last: no later `now` can see them. */
export function dropOld(buckets: readonly Bucket[], span: number, newest?: number): readonly Bucket[] {
  const oldest = (newest ?? buckets.at(-1)?.[0] ?? 0) - span
  return buckets.length > 0 && buckets[0]![0] <= oldest
    ? buckets.filter(([index]) => index > oldest)
    : buckets
}
