import { type Duration, durationSeconds } from '../condition/duration.ts'
import { RING_BUCKETS, takeInto } from '../signal/ring.ts'
import type { RingState, TimesState, TotalState } from '../signal/signal.ts'
import type { SeenSignal } from './seen-signal.ts'

/** How many or how much lies in a window, by whatever signal keeps it; `null` is the least or greatest of nothing. */
export function seeAmount(
  { signal, state }: SeenSignal,
  within: Duration | undefined,
  now: number,
): number | null {
  // A state is of its signal's kind.
  if (signal.kind === 'total') return (state as TotalState).total
  if (signal.kind === 'ring') {
    const first = Math.floor(now / signal.bucket) - RING_BUCKETS
    const held = (state as RingState).buckets.filter(([index]) => index > first)
    const taken = held.reduce<number | undefined>(
      (sum, [, amount]) => takeInto(signal.take, sum, amount),
      undefined,
    )
    return taken ?? (signal.take === 'min' || signal.take === 'max' ? null : 0)
  }
  const oldest = within === undefined ? Number.NEGATIVE_INFINITY : now - durationSeconds(within)
  return (state as TimesState).times.filter((time) => time > oldest).length
}
