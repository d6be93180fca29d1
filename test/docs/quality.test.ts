import { expect, test } from 'vitest'
import { parseFixes } from '../../packages/cli/src/quarantine/fixes.ts'
import type { Collector } from '../../packages/collector/src/collect.ts'
import type { AlarmSink, Alarms } from '../../packages/collector/src/quality.ts'
import { BEHAVIOUR_RULES, createLimiter, createWatch } from '../../packages/collector/src/quality.ts'
import type { CollectRoute } from '../../packages/next/src/collect.ts'
import { createMemoryStore } from '../../packages/storage/src/memory.ts'
import { guideRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const page = readPage('docs/guide/quality.md')
const blocks = blocksOf(page)
const modules = {
  '@attune/collector': () => import('@attune/collector'),
  '@attune/collector/quality': () => import('@attune/collector/quality'),
}
const env = { ATTUNE_SECRET: 'a secret of more than thirty-two characters', ATTUNE_WEBHOOK_SECRET: 'another' }

function exampleWith(part: string): string {
  const found = blocks.filter(({ info, text }) => info === 'ts' && text.includes(part))
  expect(found, part).toHaveLength(1)
  return found[0]!.text
}

test('a collector with everything switched on takes events, and no alarm is open', async () => {
  const store = createMemoryStore()
  const given = {
    ruleset: guideRuleset(),
    store,
    console: { warn: expect.unreachable, error: expect.unreachable },
  }
  const { collector, alarms } = await runExample<{ collector: Collector; alarms: Alarms }>(
    exampleWith('createLimiter'),
    { modules, given, env },
  )
  const events = [{ id: 'a', name: 'page_view', time: Date.now(), properties: {} }]
  const result = await collector.ingest({
    visitor: 'v',
    consent: { preferences: true, statistics: true },
    events,
  })
  expect(result.accepted + result.rejected.length).toBe(1)
  await alarms.look()
  expect(alarms.health()).toEqual({ facts: { alarms: 0 } })
})

test('a host that tells no connection limits by the header that it is told', async () => {
  const limiter = createLimiter({ clock: () => 0, address: { perSecond: 1, burst: 1 } })
  const given = { ruleset: guideRuleset(), secret: env.ATTUNE_SECRET, store: createMemoryStore(), limiter }
  const { POST } = await runExample<CollectRoute>(exampleWith('peer:'), {
    modules: { '@attune/next/collect': () => import('../../packages/next/src/collect.ts') },
    given,
    env,
  })
  const statusFrom = async (address: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', 'x-real-ip': address }
    const body = JSON.stringify({ sent: Date.now(), events: [] })
    return (await POST(new Request('https://shop.example/attune/collect', { method: 'POST', headers, body })))
      .status
  }
  expect([await statusFrom('198.51.100.7'), await statusFrom('198.51.100.8')]).toEqual([200, 429])
  expect(await statusFrom('203.0.113.7')).toBe(200)
})

test('a webhook is a sink', async () => {
  const given = { watch: createWatch(), console }
  const { webhook } = await runExample<{ webhook: AlarmSink }>(exampleWith('createWebhook'), {
    modules,
    given,
    env,
  })
  expect(webhook).toBeTypeOf('function')
})

test('the fixes of the page are sound', () => {
  const fixes = blocks.filter(({ info, text }) => info === 'json' && text.includes('view_itm'))
  expect(fixes.map(({ text }) => parseFixes(JSON.parse(text)).ok)).toEqual([true])
})

test('the page names the borders that are the default', () => {
  const { pagesPerMinute, actsPerMinute, actRun, actGap, pageRun, pageGap, evenRun, pagesWithoutSign } =
    BEHAVIOUR_RULES
  for (const border of [
    `${pagesPerMinute} pages, ${actsPerMinute} acts`,
    `${actRun} acts within ${actGap} ms each, ${pageRun} pages within ${pageGap} ms each, ${evenRun} pages`,
    `${pagesWithoutSign} pages;`,
  ]) {
    expect(page.text).toContain(border)
  }
})
