import type { MetricSpec } from './telemetry/metric.ts'
import { QUEUE_OLDEST, QUEUE_SET_ASIDE, QUEUE_UP, QUEUE_WAITING } from './telemetry/observe-queue.ts'
import { PROFILE_AGE, READ_DURATION } from './telemetry/observe-reads.ts'
import { RULESET_AGE, RULESET_STATE } from './telemetry/observe-ruleset.ts'
import { STORE_DURATION } from './telemetry/observe-store.ts'
import { FOLD_DELAY, WORKER_EVENTS, WORKER_PARTITIONS, WORKER_SET_ASIDE } from './telemetry/observe-worker.ts'

export type { MetricSink, MetricSpec } from './telemetry/metric.ts'
export { type ObservedQueueOptions, observeQueue } from './telemetry/observe-queue.ts'
export { observeReads } from './telemetry/observe-reads.ts'
export { observeRuleset } from './telemetry/observe-ruleset.ts'
export { type ObservedStoreOptions, observeStore } from './telemetry/observe-store.ts'
export { observeDelays, observeWorker } from './telemetry/observe-worker.ts'

/** Every metric of stores, queues, workers and ruleset sources. */
export const STORAGE_METRICS: readonly MetricSpec[] = [
  STORE_DURATION,
  READ_DURATION,
  PROFILE_AGE,
  RULESET_STATE,
  RULESET_AGE,
  QUEUE_UP,
  QUEUE_WAITING,
  QUEUE_OLDEST,
  QUEUE_SET_ASIDE,
  WORKER_EVENTS,
  WORKER_SET_ASIDE,
  WORKER_PARTITIONS,
  FOLD_DELAY,
]
