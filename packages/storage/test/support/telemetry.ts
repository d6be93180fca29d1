import type { Tracer } from '@opentelemetry/api'
import { DataPointType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { MetricSink, MetricSpec } from '../../src/telemetry.ts'

/** OpenTelemetry's own SDK, and what it was told. */
export interface Telemetry {
  readonly meter: MetricSink
  readonly tracer: Tracer
  /** Lines such as `attune.decisions{feature_flag.key=hero} 2`; of histograms the count. Sorted. */
  metrics(): Promise<readonly string[]>
  /** Of one histogram, without regard to attributes. */
  sum(name: string): Promise<number>
  spans(): readonly ReadableSpan[]
}

class Reader extends MetricReader {
  protected async onShutdown(): Promise<void> {}
  protected async onForceFlush(): Promise<void> {}
}

export function startTelemetry(): Telemetry {
  const reader = new Reader()
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test')
  const exporter = new InMemorySpanExporter()
  const traces = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    sampler: new AlwaysOnSampler(),
  })
  const collect = async () => {
    const { resourceMetrics, errors } = await reader.collect()
    if (errors.length > 0) throw errors[0]
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)
  }
  return {
    meter,
    tracer: traces.getTracer('test'),
    spans: () => exporter.getFinishedSpans(),
    metrics: async () => {
      const lines: string[] = []
      for (const { descriptor, dataPoints, dataPointType } of await collect()) {
        for (const { attributes, value } of dataPoints) {
          const pairs = Object.entries(attributes).map(([name, said]) => `${name}=${said}`)
          const isHistogram = dataPointType === DataPointType.HISTOGRAM && typeof value === 'object'
          lines.push(`${descriptor.name}{${pairs.join(',')}} ${isHistogram ? value.count : value}`)
        }
      }
      return lines.sort()
    },
    sum: async (name) => {
      const found = (await collect()).find(({ descriptor }) => descriptor.name === name)
      if (found?.dataPointType !== DataPointType.HISTOGRAM) return Number.NaN
      return found.dataPoints.reduce((sum, { value }) => sum + (value.sum ?? 0), 0)
    },
  }
}

/** What lines say that no spec allows: another metric, another attribute, another value. */
export function untold(lines: readonly string[], specs: readonly MetricSpec[]): readonly string[] {
  return lines.filter((line) => {
    const [, name, pairs = ''] = /^([^{]+)\{(.*)\} /.exec(line) ?? []
    const spec = specs.find((one) => one.name === name)
    return spec === undefined || !pairs.split(',').every((pair) => pair === '' || allows(spec, pair))
  })
}

function allows({ attributes }: MetricSpec, pair: string): boolean {
  const [name = '', value = ''] = pair.split('=')
  const values = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  return typeof values === 'string' || values?.includes(value) === true
}
