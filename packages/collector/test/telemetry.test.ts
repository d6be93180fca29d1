import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StoreWriteError } from '@attune/storage'
import { expect, onTestFinished, test } from 'vitest'
import { startTelemetry, type Telemetry, untold } from '../../storage/test/support/telemetry.ts'
import type { Collector } from '../src/collect.ts'
import type { CollectorOptions } from '../src/index.ts'
import { createNodeHandler } from '../src/node.ts'
import { COLLECTOR_METRICS, type ObservedCollectorOptions, observeCollector } from '../src/telemetry.ts'
import { BROWSER, makeBatch, makeCollector, makeEvent, makeRequest, makeStore, VISITOR } from './builders.ts'

interface Observed extends Telemetry {
  readonly collector: Collector
}

function observe(changes: Partial<CollectorOptions> = {}, options: ObservedCollectorOptions = {}): Observed {
  const telemetry = startTelemetry()
  const { meter, tracer } = telemetry
  const collector = observeCollector(makeCollector({ onError: () => {}, ...changes }), {
    meter,
    tracer,
    ...options,
  })
  return { ...telemetry, collector }
}

const counters = async ({ metrics }: Telemetry): Promise<readonly string[]> =>
  (await metrics()).filter((line) => !line.startsWith('attune.collect.duration'))

test('a batch counts as acked, its events by what became of each, and rejections by reason', async () => {
  const observed = observe()
  const events = [makeEvent('a'), makeEvent('a'), makeEvent('b', { name: 'nothing' }), { id: 'c' }]
  const response = await observed.collector.handle(makeRequest({ body: makeBatch(events) }))
  expect(await response.json()).toMatchObject({
    accepted: 1,
    duplicates: 1,
    rejected: [{ id: 'b' }, { id: 'c' }],
  })
  expect(await observed.metrics()).toEqual([
    'attune.collect.batches{attune.batch.outcome=acked} 1',
    'attune.collect.duration{http.response.status_code=400} 1',
    'attune.collect.events{attune.event.result=accepted} 1',
    'attune.collect.events{attune.event.result=duplicate} 1',
    'attune.collect.events{attune.event.result=rejected} 2',
    'attune.collect.received{} 1',
    'attune.collect.rejected{error.type=malformed} 1',
    'attune.collect.rejected{error.type=unknown-event} 1',
  ])
})

test.each([
  [{ method: 'GET' }, 'method'],
  [{ headers: { origin: 'https://elsewhere.example' } }, 'origin'],
  [{ headers: { 'content-type': 'text/html' } }, 'content-type'],
  [{ body: '{' }, 'malformed-batch'],
  [{ body: makeBatch(Array.from({ length: 51 }, (_, at) => makeEvent(`e${at}`))) }, 'too-many-events'],
  [{ body: `"${'x'.repeat(70_000)}"` }, 'body-too-large'],
  [{ body: new Uint8Array([0x22, 0xff, 0x22]) }, 'not-utf-8'],
])('a batch with %j is refused for %s', async (parts, reason) => {
  const observed = observe()
  await observed.collector.handle(makeRequest(parts))
  expect(await counters(observed)).toEqual([
    'attune.collect.batches{attune.batch.outcome=refused} 1',
    `attune.collect.errors{error.type=${reason}} 1`,
    'attune.collect.received{} 1',
  ])
})

test('a batch that could not be kept is throttled, with all its events', async () => {
  const append = () => Promise.reject(new StoreWriteError('full'))
  const observed = observe({ store: makeStore({ append }) })
  const body = makeBatch([makeEvent('a'), makeEvent('b'), { id: 'c' }])
  expect((await observed.collector.handle(makeRequest({ body }))).status).toBe(503)
  expect(await counters(observed)).toEqual([
    'attune.collect.batches{attune.batch.outcome=throttled} 1',
    'attune.collect.errors{error.type=store} 1',
    'attune.collect.events{attune.event.result=throttled} 3',
    'attune.collect.received{} 1',
  ])
})

test('what was kept but never told counts as unanswered', async () => {
  const observed = observe({}, { delivered: async () => false })
  await observed.collector.handle(makeRequest({ body: makeBatch([makeEvent('a'), makeEvent('b')]) }))
  await expect
    .poll(() => counters(observed))
    .toEqual([
      'attune.collect.batches{attune.batch.outcome=unanswered} 1',
      'attune.collect.events{attune.event.result=unanswered} 2',
      'attune.collect.received{} 1',
    ])
})

test('what a server takes in without HTTP counts the same way', async () => {
  const observed = observe()
  const batch = { visitor: VISITOR, consent: { preferences: true }, events: [makeEvent('a')] }
  expect(await observed.collector.ingest(batch)).toMatchObject({ accepted: 1 })
  const failing = observe({ store: makeStore({ append: () => Promise.reject(new StoreWriteError('full')) }) })
  await expect(failing.collector.ingest(batch)).rejects.toThrow('full')
  expect([await counters(observed), await counters(failing)]).toEqual([
    [
      'attune.collect.batches{attune.batch.outcome=acked} 1',
      'attune.collect.events{attune.event.result=accepted} 1',
      'attune.collect.received{} 1',
    ],
    [
      'attune.collect.batches{attune.batch.outcome=throttled} 1',
      'attune.collect.errors{error.type=store} 1',
      'attune.collect.events{attune.event.result=throttled} 1',
      'attune.collect.received{} 1',
    ],
  ])
})

test('answers keep the shorter way to node:http', async () => {
  const observed = observe()
  let whole = 0
  const handle = createNodeHandler(async (request) => {
    const response = await observed.collector.handle(request)
    whole = Object.getOwnPropertySymbols(response).length
    return response
  })
  const server = createServer(handle).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      cookie: 'attune_consent=preferences',
    },
    body: JSON.stringify(makeBatch()),
  })
  expect(await response.json()).toMatchObject({ accepted: 1 })
  // The answer alone, and not the Response that it would become.
  expect(whole).toBe(1)
  expect(await counters(observed)).toContain('attune.collect.events{attune.event.result=accepted} 1')
})

test('nothing told names a visitor, an address, an event or its content', async () => {
  const observed = observe()
  const event = makeEvent('id-of-an-event', {
    properties: { item_id: 'anna@example.com', item_category: 'x' },
  })
  const headers = { 'x-forwarded-for': '203.0.113.9', referer: 'https://shop.example/?mail=anna@example.com' }
  await observed.collector.handle(
    makeRequest({ body: makeBatch([event, { ...event, name: 'secret' }]), headers }),
  )
  const lines = await observed.metrics()
  expect(untold(lines, COLLECTOR_METRICS)).toEqual([])
  const spans = observed.spans().map(({ name, attributes, events }) => [name, attributes, events])
  expect(spans).toEqual([['attune.collect', { 'http.response.status_code': 200 }, []]])
})
