import type { Counter, Histogram, Meter, ObservableCounter, ObservableGauge } from '@opentelemetry/api'

/** What of an OpenTelemetry `Meter` is used. */
export type MetricSink = Pick<
  Meter,
  | 'createCounter'
  | 'createHistogram'
  | 'createObservableCounter'
  | 'createObservableGauge'
  | 'addBatchObservableCallback'
>

/** One metric: what is measured, and everything it may be told apart by. */
export interface MetricSpec {
  /** As OpenTelemetry names it, such as `attune.store.duration`. */
  readonly name: string
  /** `sum`: a counter that is read when somebody looks; `gauge` likewise. */
  readonly kind: 'counter' | 'histogram' | 'sum' | 'gauge'
  /** UCUM: `s`, or what is counted in braces, `{event}`. */
  readonly unit: string
  readonly description: string
  /** Attribute → its values, or what they are where a ruleset names them. */
  readonly attributes: { readonly [name: string]: readonly string[] | string }
  /** Upper borders of a histogram's buckets. */
  readonly boundaries?: readonly number[]
}

/** Borders in seconds for what happens within a request. */
export const QUICK: readonly number[] = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
]
/** Borders in seconds for what may wait. */
export const PATIENT: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600,
]

/** Makes the counter of a spec. */
export function counterOf(meter: MetricSink, { name, unit, description }: MetricSpec): Counter {
  return meter.createCounter(name, { unit, description })
}

/** Makes the histogram of a spec. */
export function histogramOf(
  meter: MetricSink,
  { name, unit, description, boundaries = QUICK }: MetricSpec,
): Histogram {
  return meter.createHistogram(name, {
    unit,
    description,
    advice: { explicitBucketBoundaries: [...boundaries] },
  })
}

/** Makes the gauge of a spec. */
export function gaugeOf(meter: MetricSink, { name, unit, description }: MetricSpec): ObservableGauge {
  return meter.createObservableGauge(name, { unit, description })
}

/** Makes the counter of a spec that is read when somebody looks. */
export function sumOf(meter: MetricSink, { name, unit, description }: MetricSpec): ObservableCounter {
  return meter.createObservableCounter(name, { unit, description })
}
