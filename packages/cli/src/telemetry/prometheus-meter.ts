import type { MetricSink, MetricSpec } from '@attune/storage/telemetry'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { prometheusLabel, prometheusName } from './prometheus-name.ts'

/** What Prometheus is answered with. */
export interface MetricsText {
  readonly type: string
  readonly text: string
}

/** Takes what is meant for OpenTelemetry and tells it to Prometheus. */
export interface PrometheusMeter extends MetricSink {
  /** Asks those who tell when somebody looks, and answers all of it. */
  render(): Promise<MetricsText>
  /** Forgets all; the process is no longer measured. */
  close(): void
}

type Observe = Parameters<MetricSink['addBatchObservableCallback']>[0]
type Labels = { readonly [name: string]: string }

interface Observed {
  /** Takes back what was observed before. */
  forget(): void
  observe(value: number, attributes?: object): void
}

/**
 * Creates a meter of these metrics, and of the process's own. An attribute, or the value of one, that its spec does not name is not told.
 */
export function createPrometheusMeter(specs: readonly MetricSpec[]): PrometheusMeter {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counters = new Map<string, Counter>()
  const observed = new Map<object, Observed>()
  const callbacks: Observe[] = []
  let underWay: Promise<MetricsText> | undefined

  const specOf = (name: string): MetricSpec => {
    const spec = specs.find((one) => one.name === name)
    if (spec === undefined) throw new Error(`[cli] metrics: ${name} stands in no list. Add it to one.`)
    return spec
  }

  const createObserved = (name: string, kind: typeof observeGauge) => {
    const callbackOf = (
      instrument: object,
      callback: (result: { observe: Observed['observe'] }) => unknown,
    ) => {
      callbacks.push(async () => {
        await callback({ observe: (...told) => observed.get(instrument)?.observe(...told) })
      })
    }
    const instrument = {
      addCallback: (callback: (result: { observe: Observed['observe'] }) => unknown) =>
        callbackOf(instrument, callback),
      removeCallback: () => {},
    }
    observed.set(instrument, kind(specOf(name), registry))
    return instrument
  }

  const renderOnce = async (): Promise<MetricsText> => {
    for (const one of observed.values()) one.forget()
    const observe = (instrument: object, value: number, attributes?: object): void =>
      observed.get(instrument)?.observe(value, attributes)
    await Promise.all(callbacks.map(async (callback) => callback({ observe })))
    return { type: registry.contentType, text: await registry.metrics() }
  }

  return {
    createCounter: (name) => {
      const spec = specOf(name)
      const counter = counters.get(name) ?? new Counter(describe(spec, registry))
      counters.set(name, counter)
      return { add: (value, attributes) => counter.inc(labelsOf(spec, attributes), value) }
    },
    createHistogram: (name, options) => {
      const spec = specOf(name)
      // Whoever measures knows the borders that it measures with where its spec names none.
      const buckets = [...(options?.advice?.explicitBucketBoundaries ?? spec.boundaries ?? [])]
      const histogram = new Histogram({ ...describe(spec, registry), buckets })
      return { record: (value, attributes) => histogram.observe(labelsOf(spec, attributes), value) }
    },
    createObservableGauge: (name) => createObserved(name, observeGauge),
    createObservableCounter: (name) => createObserved(name, observeSum),
    addBatchObservableCallback: (callback) => callbacks.push(callback),
    // What two ask at the same time is asked once.
    render: () => {
      underWay ??= renderOnce().finally(() => {
        underWay = undefined
      })
      return underWay
    },
    close: () => registry.clear(),
  }
}

function observeGauge(spec: MetricSpec, registry: Registry): Observed {
  const gauge = new Gauge(describe(spec, registry))
  return {
    forget: () => {
      gauge.reset()
      // Without labels a reset leaves a 0, which nobody observed.
      if (Object.keys(spec.attributes).length === 0) gauge.remove()
    },
    observe: (value, attributes) => gauge.set(labelsOf(spec, attributes), value),
  }
}

function observeSum(spec: MetricSpec, registry: Registry): Observed {
  const counter = new Counter(describe(spec, registry))
  return {
    forget: () => counter.reset(),
    observe: (value, attributes) => counter.inc(labelsOf(spec, attributes), value),
  }
}

function describe(spec: MetricSpec, registry: Registry) {
  return {
    name: prometheusName(spec),
    help: spec.description,
    labelNames: Object.keys(spec.attributes).map(prometheusLabel),
    registers: [registry],
  }
}

function labelsOf({ attributes: known }: MetricSpec, attributes: object = {}): Labels {
  const labels: { [name: string]: string } = {}
  for (const [name, values] of Object.entries(known)) {
    const value: unknown = Reflect.get(attributes, name)
    if (value === undefined) continue
    const text = String(value)
    labels[prometheusLabel(name)] = typeof values === 'string' || values.includes(text) ? text : 'other'
  }
  return labels
}
