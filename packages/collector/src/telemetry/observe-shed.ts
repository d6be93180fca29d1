import type { MetricSink, MetricSpec } from '@attune/storage/telemetry'
import { type BatchOutcome, COLLECT_BATCHES, COLLECT_ERRORS, COLLECT_RECEIVED } from './metrics.ts'

/**
 * Tells of batches that were refused early, as `onShed` of `createNodeHandler` hears of them: they came, and were throttled for the reason `shed`; or
 * their senders went away before they heard of it. It keeps to the law of `observeCollector`, which does not see them.
 */
export function observeShed({
  meter,
}: {
  readonly meter: Pick<MetricSink, 'createCounter'>
}): (isWhole: boolean) => void {
  const counter = ({ name, unit, description }: MetricSpec) =>
    meter.createCounter(name, { unit, description })
  const received = counter(COLLECT_RECEIVED)
  const batches = counter(COLLECT_BATCHES)
  const errors = counter(COLLECT_ERRORS)
  // Told once a turn: refusing must stay cheap.
  const untold = { throttled: 0, unanswered: 0 }
  const tell = (): void => {
    received.add(untold.throttled + untold.unanswered)
    errors.add(untold.throttled + untold.unanswered, { 'error.type': 'shed' })
    for (const outcome of OUTCOMES) {
      if (untold[outcome] > 0) batches.add(untold[outcome], { 'attune.batch.outcome': outcome })
      untold[outcome] = 0
    }
  }
  return (isWhole) => {
    if (untold.throttled + untold.unanswered === 0) setImmediate(tell)
    untold[isWhole ? 'throttled' : 'unanswered']++
  }
}

const OUTCOMES = ['throttled', 'unanswered'] as const satisfies readonly BatchOutcome[]
