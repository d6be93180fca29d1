import type { MetricSpec } from '@attune/storage/telemetry'
import { prometheusName } from '../../src/telemetry/prometheus-name.ts'

/** The list of metrics as the guide shows it. */
export function metricsTable(specs: readonly MetricSpec[]): string {
  const rows = specs.map((spec) => {
    const attributes = Object.entries(spec.attributes).map(([name, values]) => {
      const said = typeof values === 'string' ? values : values.map((value) => `\`${value}\``).join(' ')
      return `\`${name}\`: ${said}`
    })
    const names = `\`${spec.name}\`<br>\`${prometheusName(spec)}\``
    return `| ${names} | ${KINDS[spec.kind]}, ${spec.unit} | ${spec.description} | ${attributes.join('<br>')} |`
  })
  return ['| Metric | Kind, unit | What it tells | Told apart by |', '|---|---|---|---|', ...rows].join('\n')
}

const KINDS = { counter: 'counter', sum: 'counter', histogram: 'histogram', gauge: 'gauge' }
