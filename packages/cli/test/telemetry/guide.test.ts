import { readFileSync } from 'node:fs'
import { PERSONALIZER_METRICS } from '@attune/edge/telemetry'
import { expect, test } from 'vitest'
import { serve } from '../../src/commands/serve.ts'
import { work } from '../../src/commands/work.ts'
import { COMMAND_METRICS } from '../../src/telemetry/watch.ts'
import { metricsTable } from '../support/metrics-table.ts'

const guide = readFileSync(new URL('../../../../docs/guide/observability.md', import.meta.url), 'utf8')
const ALL = [...PERSONALIZER_METRICS, ...COMMAND_METRICS]

test('the guide lists every metric, as the code has it', () => {
  const [, listed = ''] = /<!-- metrics -->\n([\s\S]*?)\n<!-- \/metrics -->/.exec(guide) ?? []
  expect(listed).toBe(metricsTable(ALL))
})

test('no two metrics have one name', () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length)
})

test('the guide names every option by which a process is watched', () => {
  for (const { options } of [serve, work]) {
    for (const name of Object.keys(options).filter((option) => /^(metrics|log)/.test(option))) {
      expect(guide).toContain(`--${name}`)
    }
  }
})

test('the guide names no metric that is not there', () => {
  const named = guide.matchAll(/\battune_[a-z_]+(?:_total|_seconds)\b/g)
  const table = metricsTable(ALL)
  for (const [name] of named) expect(table).toContain(`\`${name}\``)
})
