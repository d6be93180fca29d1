import type { RunningWorker } from '@attune/storage/queue'
import type { LookAtPart } from '../telemetry/health.ts'

/** Looks at a worker: its share of the partitions, and how long events took until they were in their profiles. */
export function lookAtWorker(worker: Pick<RunningWorker, 'report' | 'partitions'>): LookAtPart {
  return async () => {
    const { accepted, delays } = worker.report()
    const p99Seconds = delays.count === 0 ? null : delays.quantile(0.99) / 1000
    return { facts: { partitions: worker.partitions().length, folded: accepted, p99Seconds } }
  }
}
