import type { QueuedEvent } from './create-event.ts'

// Seen in passing, by the hundred; everything else says more about a visitor.
const LOW = /^(scroll|user_engagement|exposure)$/

/** Finds the event to lose when the queue is full: the oldest of low value, or the oldest if all are of value. */
export function leastValuable(events: readonly QueuedEvent[]): number {
  return Math.max(
    0,
    events.findIndex(({ name }) => LOW.test(name)),
  )
}
