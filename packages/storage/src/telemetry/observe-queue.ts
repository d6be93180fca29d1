import type { EventQueue } from '../queue/event-queue.ts'
import { gaugeOf, type MetricSink, type MetricSpec } from './metric.ts'

/** Whether the queue answers. */
export const QUEUE_UP: MetricSpec = {
  name: 'attune.queue.up',
  kind: 'gauge',
  unit: '1',
  description: '1 while the queue answers, 0 while it does not; what is told beside it is then of before.',
  attributes: {},
}

/** Entries that wait. */
export const QUEUE_WAITING: MetricSpec = {
  name: 'attune.queue.waiting',
  kind: 'gauge',
  unit: '{entry}',
  description: 'Entries that wait to be folded.',
  attributes: {},
}

/** For how long the oldest has waited. */
export const QUEUE_OLDEST: MetricSpec = {
  name: 'attune.queue.oldest',
  kind: 'gauge',
  unit: 's',
  description: 'For how long the oldest entry has waited.',
  attributes: {},
}

/** Entries that are set aside. */
export const QUEUE_SET_ASIDE: MetricSpec = {
  name: 'attune.queue.set_aside',
  kind: 'gauge',
  unit: '{entry}',
  description: 'Entries that are set aside.',
  attributes: {},
}

/** Where to tell, and by which clock. */
export interface ObservedQueueOptions {
  readonly meter: MetricSink
  /** Milliseconds since 1970, as the collectors have it. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
}

/** Tells what waits in a queue, whenever somebody looks; while it does not answer, that alone. */
export function observeQueue(
  queue: Pick<EventQueue, 'waiting'>,
  { meter, clock = Date.now }: ObservedQueueOptions,
): void {
  const up = gaugeOf(meter, QUEUE_UP)
  const entries = gaugeOf(meter, QUEUE_WAITING)
  const oldest = gaugeOf(meter, QUEUE_OLDEST)
  const setAside = gaugeOf(meter, QUEUE_SET_ASIDE)
  meter.addBatchObservableCallback(
    async (result) => {
      const waiting = await queue.waiting().catch(() => undefined)
      result.observe(up, waiting === undefined ? 0 : 1)
      if (waiting === undefined) return
      const age = waiting.oldest === null ? 0 : Math.max(0, clock() - waiting.oldest)
      result.observe(entries, waiting.entries)
      // A queue that holds some and cannot tell since when says nothing.
      if (waiting.oldest !== null || waiting.entries === 0) result.observe(oldest, age / 1000)
      result.observe(setAside, waiting.setAside)
    },
    [up, entries, oldest, setAside],
  )
}
