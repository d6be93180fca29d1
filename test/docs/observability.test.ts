import type { Proxy as Decides } from '@attune/next/proxy'
import type { ProfileReader, ProfileStore } from '@attune/storage'
import { beforeEach, expect, test } from 'vitest'
import { readRuleset } from '../../examples/hono/ruleset.ts'
import type { Collector } from '../../packages/collector/src/collect.ts'
import { makeEvent, PLAN } from '../../packages/storage/src/contract/builders.ts'
import { createMemoryStore } from '../../packages/storage/src/memory.ts'
import { createMemoryQueue, type EventQueue, type RunningWorker } from '../../packages/storage/src/queue.ts'
import { startTelemetry, type Telemetry } from '../../packages/storage/test/support/telemetry.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const SECRET = 'a secret of more than thirty-two characters'
const examples = blocksOf(readPage('docs/guide/observability.md')).filter(({ info }) => info === 'ts')
type Given = { readonly [name: string]: unknown }
type Modules = { readonly [name: string]: () => Promise<unknown> }
let telemetry: Telemetry
let store: ProfileStore
let queue: EventQueue

beforeEach(() => {
  telemetry = startTelemetry()
  store = createMemoryStore()
  queue = createMemoryQueue({ partitions: 1 })
})

/** Runs the example of the page that has this in it. */
function run<Named>(part: string, given: Given = {}, others: Modules = {}): Promise<Named> {
  const found = examples.filter(({ text }) => text.includes(part))
  expect(found, part).toHaveLength(1)
  const { meter, tracer } = telemetry
  const modules: Modules = {
    '@attune/collector': () => import('@attune/collector'),
    '@attune/collector/telemetry': () => import('@attune/collector/telemetry'),
    '@attune/edge/telemetry': () => import('@attune/edge/telemetry'),
    '@attune/next/proxy': () => import('@attune/next/proxy'),
    '@attune/storage/guard': () => import('@attune/storage/guard'),
    '@attune/storage/queue': () => import('@attune/storage/queue'),
    '@attune/storage/telemetry': () => import('@attune/storage/telemetry'),
    // As an SDK that was set up gives them.
    '@opentelemetry/api': async () => ({
      metrics: { getMeter: () => meter },
      trace: { getTracer: () => tracer },
    }),
    ...others,
  }
  return runExample(found[0]!.text, {
    modules,
    given: { ruleset: readRuleset(), secret: SECRET, store, queue, meter, tracer, ...given },
    env: { ATTUNE_SECRET: SECRET },
  })
}

const names = async (): Promise<readonly string[]> => [
  ...new Set((await telemetry.metrics()).map((line) => line.replace(/\{.*/, ''))),
]

test('every example of the page is one of these', () => {
  expect(examples).toHaveLength(5)
})

test('the proxy of the page tells of pages and of their decisions', async () => {
  const { proxy } = await run<{ readonly proxy: Decides }>('createProxy')
  const { NextRequest } = await import('../../packages/next/node_modules/next/server.js')
  await proxy(new NextRequest('https://shop.example/'))
  expect(await names()).toEqual(['attune.decision.duration', 'attune.decisions'])
  expect(telemetry.spans().map(({ name }) => name)).toEqual(['attune.decide'])
})

test('the reader and the source of the page tell of reads and of the ruleset', async () => {
  const source = { state: () => ({ state: 'default' }) }
  const { reader } = await run<{ readonly reader: ProfileReader }>('guardReader', { source })
  await reader.load('v', PLAN)
  expect(await names()).toEqual(['attune.profile.read.duration', 'attune.ruleset.state'])
})

test('the collector of the page tells of batches, of its store and of a queue', async () => {
  const { collector, observed } = await run<{
    readonly collector: Collector
    readonly observed: ProfileStore
  }>('observeCollector(')
  await observed.load('v', PLAN)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ sent: Date.now(), events: [] })
  const asked = new Request('https://shop.example/attune/collect', { method: 'POST', headers, body })
  await collector.handle(asked)
  const told = [
    'attune.collect.batches',
    'attune.collect.received',
    'attune.store.duration',
    'attune.queue.up',
  ]
  expect(await names()).toEqual(expect.arrayContaining(told))
})

test('the server of the page tells of what it refuses early', async () => {
  const { createShedder } = await import('@attune/collector/node')
  const collector = { handle: async () => new Response() }
  let tell: (isWhole: boolean) => void = () => {}
  const createNodeHandler = (_: unknown, { onShed }: { readonly onShed: typeof tell }): void => {
    tell = onShed
  }
  const node = { '@attune/collector/node': async () => ({ createNodeHandler, createShedder }) }
  await run('observeShed', { collector }, node)
  tell(true)
  await expect
    .poll(() => telemetry.metrics())
    .toEqual([
      'attune.collect.batches{attune.batch.outcome=throttled} 1',
      'attune.collect.errors{error.type=shed} 1',
      'attune.collect.received{} 1',
    ])
})

test('the worker of the page tells what it folds, and how late', async () => {
  const stopping = new AbortController()
  const given = { plan: () => PLAN, signal: stopping.signal }
  const { worker } = await run<{ readonly worker: RunningWorker }>('observeWorker', given)
  await queue.push({ visitor: 'v', events: [makeEvent('a')], received: Date.now() })
  await expect.poll(() => worker.report().accepted).toBe(1)
  expect(await names()).toEqual(expect.arrayContaining(['attune.fold.delay', 'attune.worker.events']))
  stopping.abort()
  await worker.ended
})
