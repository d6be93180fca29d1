import { createDelayHistogram, type DelayHistogram } from '../queue/delay-histogram.ts'
import type { RunningWorker } from '../queue/worker.ts'
import { gaugeOf, histogramOf, type MetricSink, type MetricSpec, PATIENT, sumOf } from './metric.ts'

/** Events that a worker folded. */
export const WORKER_EVENTS: MetricSpec = {
  name: 'attune.worker.events',
  kind: 'sum',
  unit: '{event}',
  description: 'Events that were folded, by what became of them.',
  attributes: { 'attune.event.result': ['accepted', 'duplicate', 'conflict'] },
}

/** Entries that a worker set aside. */
export const WORKER_SET_ASIDE: MetricSpec = {
  name: 'attune.worker.set_aside',
  kind: 'sum',
  unit: '{entry}',
  description: 'Entries that this worker set aside.',
  attributes: {},
}

/** Partitions that a worker has. */
export const WORKER_PARTITIONS: MetricSpec = {
  name: 'attune.worker.partitions',
  kind: 'gauge',
  unit: '{partition}',
  description: 'Partitions that this worker has.',
  attributes: {},
}

/** From the receipt of an event to its profile. */
export const FOLD_DELAY: MetricSpec = {
  name: 'attune.fold.delay',
  kind: 'histogram',
  unit: 's',
  description: 'From when an event was received to when it was in the profile.',
  attributes: {},
  boundaries: PATIENT,
}

/** What `runWorker` takes as `delays`: each delay is told as well. */
export function observeDelays({ meter }: { readonly meter: MetricSink }): DelayHistogram {
  const delays = createDelayHistogram()
  const told = histogramOf(meter, FOLD_DELAY)
  return {
    ...delays,
    add: (milliseconds, times = 1) => {
      delays.add(milliseconds, times)
      for (let event = 0; event < times; event++) told.record(Math.max(0, milliseconds) / 1000)
    },
    get count() {
      return delays.count
    },
    get sum() {
      return delays.sum
    },
    get longest() {
      return delays.longest
    },
  }
}

/** Tells what a worker did, whenever somebody looks. */
export function observeWorker(
  worker: Pick<RunningWorker, 'report' | 'partitions'>,
  { meter }: { readonly meter: MetricSink },
): void {
  const events = sumOf(meter, WORKER_EVENTS)
  const setAside = sumOf(meter, WORKER_SET_ASIDE)
  const partitions = gaugeOf(meter, WORKER_PARTITIONS)
  meter.addBatchObservableCallback(
    (result) => {
      const { accepted, duplicates, conflicts, setAside: aside } = worker.report()
      const counts = { accepted, duplicate: duplicates, conflict: conflicts }
      for (const [outcome, count] of Object.entries(counts)) {
        result.observe(events, count, { 'attune.event.result': outcome })
      }
      result.observe(setAside, aside)
      result.observe(partitions, worker.partitions().length)
    },
    [events, setAside, partitions],
  )
}
