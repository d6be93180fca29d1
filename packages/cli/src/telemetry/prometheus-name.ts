import type { MetricSpec } from '@attune/storage/telemetry'

/**
 * What Prometheus calls a metric: by OpenTelemetry's rules for Prometheus (dots become underscores, the unit and `_total` are appended).
 */
export function prometheusName({ name, kind, unit }: MetricSpec): string {
  const seconds = unit === 's' ? '_seconds' : ''
  const total = kind === 'counter' || kind === 'sum' ? '_total' : ''
  return `${prometheusLabel(name)}${seconds}${total}`
}

/** What Prometheus calls an attribute. */
export function prometheusLabel(attribute: string): string {
  return attribute.replaceAll('.', '_')
}
