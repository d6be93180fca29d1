import type { QueueWaiting, WorkerReport } from '@attune/storage/queue'
import { countOf, formatCount, formatDuration } from '../terminal/format.ts'

/** What a worker did and what is left, at an instant in milliseconds. */
export interface WorkState {
  readonly report: WorkerReport
  readonly partitions: number
  /** `null` when the queue does not answer. */
  readonly waiting: QueueWaiting | null
  readonly now: number
}

/** One line on how the work goes. */
export function progressLine({ report, partitions, waiting, now }: WorkState): string {
  const { accepted, duplicates, conflicts, delays } = report
  const parts = [
    `${countOf(accepted, 'event')} folded`,
    ...(duplicates + conflicts === 0 ? [] : [`${formatCount(duplicates + conflicts)} known before`]),
    ...(delays.count === 0
      ? []
      : [`delay ${formatDuration(delays.quantile(0.5))}, p99 ${formatDuration(delays.quantile(0.99))}`]),
    countOf(partitions, 'partition'),
    ...waitingParts(waiting, now),
  ]
  return parts.join(' · ')
}

function waitingParts(waiting: QueueWaiting | null, now: number): readonly string[] {
  if (waiting === null) return ['the queue does not answer']
  const { entries, oldest, setAside } = waiting
  const age = oldest === null ? '' : `, the oldest for ${formatDuration(Math.max(0, now - oldest))}`
  return [
    entries === 0 ? 'nothing waits' : `${formatCount(entries)} wait${age}`,
    ...(setAside === 0 ? [] : [`${formatCount(setAside)} set aside`]),
  ]
}
