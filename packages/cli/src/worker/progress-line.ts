import type { QueueWaiting, WorkerReport } from '@attune/storage/queue'
import type { LogFields } from '../telemetry/log.ts'
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

/** The same for programs; times in seconds. */
export function progressFields({ report, partitions, waiting, now }: WorkState): LogFields {
  const { accepted, duplicates, conflicts, setAside, delays } = report
  const counts = { folded: accepted, known: duplicates + conflicts, gaveUp: setAside, partitions }
  const delay = { delayP50: delays.quantile(0.5) / 1000, delayP99: delays.quantile(0.99) / 1000 }
  if (waiting === null) return { ...counts, ...delay, waiting: null }
  const { entries, oldest } = waiting
  const oldestWaits = oldest === null ? null : Math.max(0, now - oldest) / 1000
  return { ...counts, ...delay, waiting: entries, oldestWaits, setAside: waiting.setAside }
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
