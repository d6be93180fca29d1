import type { QueueEntry } from './event-queue.ts'

/** How often entries failed: an entry keeps its failures while it is back in the queue. */
export interface FailureCounts {
  of(entry: QueueEntry): number
  set(entry: QueueEntry, failures: number): void
  forget(entry: QueueEntry): void
}

// Of those before them it is forgotten how often they failed.
const MOST_FAILED = 10_000

/** Creates counts of the newest 10,000 entries that failed. */
export function createFailureCounts(): FailureCounts {
  const counts = new Map<string, number>()
  return {
    of: (entry) => counts.get(nameOf(entry)) ?? 0,
    set: (entry, failures) => {
      counts.set(nameOf(entry), failures)
      const [oldest] = counts.keys()
      if (counts.size > MOST_FAILED && oldest !== undefined) counts.delete(oldest)
    },
    forget: (entry) => void counts.delete(nameOf(entry)),
  }
}

function nameOf({ partition, id }: QueueEntry): string {
  return `${partition} ${id}`
}
