import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { HealthReport, PartReport } from '../../src/telemetry/health.ts'
import { healthPage, PAGE_POLICY } from '../../src/telemetry/health-page.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

function makeReport(
  changes: Partial<HealthReport> = {},
  ...parts: readonly Partial<PartReport>[]
): HealthReport {
  return {
    status: 'ok',
    since: NOW - 90_000,
    started: NOW - 3 * 86_400_000,
    now: NOW,
    parts: parts.map((part) => ({ part: 'store', status: 'ok', since: NOW - 5_000_000, ...part })),
    ...changes,
  }
}

test('tells at first sight what is degraded, since when and why', () => {
  const why = 'It gave no answer within 1500 ms. See whether it is up and can be reached.'
  const ill = { part: 'queue', status: 'degraded', since: NOW - 90_000, why } as const
  const html = healthPage('attune work', makeReport({ status: 'degraded' }, {}, ill))
  expect(html).toContain('<title>Degraded: queue · attune work</title>')
  expect(html).toContain('<h1 class="degraded">Degraded: queue</h1>')
  expect(html).toContain(
    'for 1 min 30 s, since <time datetime="2026-11-22T11:58:30Z">2026-11-22 11:58:30 UTC</time>',
  )
  expect(html).toContain(`<p class="why">${why}</p>`)
  expect(html).toContain('<h2>store <span>Well</span></h2>')
  expect(html).toContain('running for 3 days')
})

test('tells what is known of a part in words, and nothing of what is not known', () => {
  const facts = { waiting: 12_406, delaySeconds: 2.5, p99Seconds: null, ageSeconds: 3, breaker: 'closed' }
  const rows = [
    ...healthPage('attune work', makeReport({}, { facts })).matchAll(/<dt>(.+?)<\/dt><dd>(.+?)<\/dd>/g),
  ]
  expect(rows.map(([, name, value]) => [name, value])).toEqual([
    ['Entries waiting', '12,406'],
    ['Oldest waits', '2.5 s'],
    ['Last confirmed', '3.0 s ago'],
    ['Breaker', 'closed'],
    ['Since', '<time datetime="2026-11-22T10:36:40Z">2026-11-22 10:36:40 UTC</time>, 1 h 23 min'],
  ])
})

test('text stays text, whatever it says', () => {
  const evil = `<script>alert("'&\u0000\u202e")</script>`
  const html = healthPage(
    'attune serve',
    makeReport({}, { part: evil, why: evil, facts: { [evil]: evil, revision: evil } }),
  )
  for (const raw of ['<script', '\u0000', '\u202e']) expect(html).not.toContain(raw)
  expect(html).toContain('&#60;script&#62;alert(&#34;&#39;&#38;\\u0000\\u202e&#34;)&#60;/script&#62;')
})

test('its policy allows its own style and nothing else', () => {
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(healthPage('attune serve', makeReport())) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  expect(PAGE_POLICY).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
})

test('a process that stops says so', () => {
  expect(healthPage('attune serve', makeReport({ status: 'stopping' }))).toContain(
    '<h1 class="stopping">Stopping</h1>',
  )
})
