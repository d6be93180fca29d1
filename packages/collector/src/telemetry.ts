import type { MetricSink, MetricSpec } from '@attune/storage/telemetry'
import type { Tracer } from '@opentelemetry/api'
import type { Collector } from './collect.ts'
import { answerOf, type Told } from './plain-answer.ts'
import { createCounts } from './telemetry/create-counts.ts'
import {
  type BatchOutcome,
  COLLECT_BATCHES,
  COLLECT_DURATION,
  COLLECT_ERRORS,
  COLLECT_EVENTS,
  COLLECT_RECEIVED,
  COLLECT_REJECTED,
} from './telemetry/metrics.ts'
import { SOCKET_MESSAGES, SOCKETS_CUT, SOCKETS_OPEN, SOCKETS_REFUSED } from './telemetry/observe-sockets.ts'

export { observeShed } from './telemetry/observe-shed.ts'
export { type ObservedSockets, observeSockets } from './telemetry/observe-sockets.ts'

/** Every metric of a collector. */
export const COLLECTOR_METRICS: readonly MetricSpec[] = [
  COLLECT_DURATION,
  COLLECT_RECEIVED,
  COLLECT_BATCHES,
  COLLECT_EVENTS,
  COLLECT_REJECTED,
  COLLECT_ERRORS,
  SOCKETS_OPEN,
  SOCKET_MESSAGES,
  SOCKETS_REFUSED,
  SOCKETS_CUT,
]

/** Where to tell; without one of them it is not told. */
export interface ObservedCollectorOptions {
  readonly meter?: Pick<MetricSink, 'createCounter' | 'createHistogram'> | undefined
  readonly tracer?: Pick<Tracer, 'startActiveSpan'> | undefined
  /** Resolves to whether the answer to a request left whole. Default: every answer does. */
  readonly delivered?: ((request: Request) => Promise<boolean>) | undefined
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly clock?: (() => number) | undefined
}

/**
 * A collector that tells how long batches took and what became of them; it answers as the one given does. Nothing told names a visitor, an
 * address or an event. What is told keeps to `received = acked + refused + throttled + unanswered`.
 */
export function observeCollector(collector: Collector, options: ObservedCollectorOptions): Collector {
  const { meter, tracer, delivered, clock = () => performance.now() } = options
  const counts = meter === undefined ? undefined : createCounts(meter)

  const handle: Collector['handle'] = async (request) => {
    counts?.received()
    const begun = clock()
    const response = await collector.handle(request)
    // A look at the response itself would cost the shorter way that it may go.
    const { status, told = NOTHING } = answerOf(response)
    counts?.took((clock() - begun) / 1000, status)
    const outcome = outcomeOf(status, told)
    if (delivered === undefined) counts?.answered(outcome, told)
    else {
      const count = (isWhole: boolean): void => counts?.answered(isWhole ? outcome : 'unanswered', told)
      delivered(request).then(count, () => count(false))
    }
    return response
  }

  return {
    profile: collector.profile,
    sweep: collector.sweep,
    tryOut: collector.tryOut,
    handle:
      tracer === undefined
        ? handle
        : (request) =>
            tracer.startActiveSpan('attune.collect', async (span) => {
              try {
                const response = await handle(request)
                const { status, told } = answerOf(response)
                span.setAttribute('http.response.status_code', status)
                if (told?.error !== undefined) span.setAttribute('error.type', told.error)
                return response
              } finally {
                span.end()
              }
            }),
    ingest: async (batch) => {
      counts?.received()
      try {
        const result = await collector.ingest(batch)
        counts?.answered('acked', result)
        return result
      } catch (error) {
        counts?.answered('throttled', { ...NOTHING, error: 'store', later: batch.events.length })
        throw error
      }
    },
  }
}

const NOTHING: Told = { accepted: 0, duplicates: 0, rejected: [] }

function outcomeOf(status: number, { error }: Told): BatchOutcome {
  if (status >= 500 || status === 429) return 'throttled'
  return error === undefined && (status === 200 || status === 400) ? 'acked' : 'refused'
}
