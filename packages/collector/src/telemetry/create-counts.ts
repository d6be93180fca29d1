import type { MetricSink, MetricSpec } from '@attune/storage/telemetry'
import type { Told } from '../plain-answer.ts'
import {
  type BatchOutcome,
  COLLECT_BATCHES,
  COLLECT_DURATION,
  COLLECT_ERRORS,
  COLLECT_EVENTS,
  COLLECT_RECEIVED,
  COLLECT_REJECTED,
} from './metrics.ts'

/** Counts what becomes of batches. */
export interface Counts {
  /** One came. */
  received(): void
  /** So many seconds passed before its answer was ready. */
  took(seconds: number, status: number): void
  /** Its sender was told. */
  answered(outcome: BatchOutcome, told: Told): void
}

/** Makes the instruments of a collector. */
export function createCounts(meter: Pick<MetricSink, 'createCounter' | 'createHistogram'>): Counts {
  const counter = ({ name, unit, description }: MetricSpec) =>
    meter.createCounter(name, { unit, description })
  const { name, unit, description, boundaries = [] } = COLLECT_DURATION
  const advice = { explicitBucketBoundaries: [...boundaries] }
  const durations = meter.createHistogram(name, { unit, description, advice })
  const received = counter(COLLECT_RECEIVED)
  const batches = counter(COLLECT_BATCHES)
  const events = counter(COLLECT_EVENTS)
  const rejections = counter(COLLECT_REJECTED)
  const errors = counter(COLLECT_ERRORS)

  const count = (result: string, number: number): void => {
    if (number > 0) events.add(number, { 'attune.event.result': result })
  }

  return {
    received: () => received.add(1),
    took: (seconds, status) => durations.record(seconds, { 'http.response.status_code': status }),
    answered: (outcome, { accepted, duplicates, rejected, error, later = 0 }) => {
      batches.add(1, { 'attune.batch.outcome': outcome })
      if (error !== undefined) errors.add(1, { 'error.type': error })
      for (const { reason } of rejected) rejections.add(1, { 'error.type': reason })
      if (outcome === 'unanswered') return count(outcome, accepted + duplicates + rejected.length + later)
      count('accepted', accepted)
      count('duplicate', duplicates)
      count('rejected', rejected.length)
      count('throttled', later)
    },
  }
}
