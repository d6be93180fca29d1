import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { serve } from '../../src/commands/serve.ts'
import { main } from '../../src/main.ts'
import { createDeliveries } from '../../src/serve/left-whole.ts'
import { openServer } from '../../src/serve/open-server.ts'
import { makeIo } from '../support/make-io.ts'
import { BROWSER, makeSite, PATIENCE, SECRET, startServing } from '../support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const TOKEN = 'a-token-of-more-than-16'

const HEADERS = {
  'content-type': 'application/json',
  'user-agent': BROWSER,
  cookie: 'attune_consent=preferences',
}

function bodyOf(...ids: readonly string[]): string {
  const events = ids.map((id) => ({
    id,
    name: 'view_item',
    time: Date.now(),
    properties: { item_id: 'boots' },
  }))
  return JSON.stringify({ sent: Date.now(), utcOffset: 0, page: '/', events })
}

const send = (base: string, body: string): Promise<Response> =>
  fetch(`${base}/attune/collect`, { method: 'POST', headers: HEADERS, body })

async function samples(base: string, token = ''): Promise<{ readonly [sample: string]: number }> {
  const headers = { authorization: `Bearer ${token}` }
  const text = await (await fetch(`${base}/metrics`, { headers })).text()
  const lines = text.split('\n').filter((line) => line.startsWith('attune_'))
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

test('every batch that came is acked, refused, throttled or unanswered', async () => {
  const { metricsBase, base } = await startServing(['--metrics-port', '0'])
  await send(base, bodyOf('event-0123456789', 'event-9876543210'))
  await send(base, bodyOf('event-0246813579', 'event-0246813579'))
  await send(base, '{')
  await fetch(`${base}/attune/collect`)
  // It says more than it sends, and goes away.
  const socket = connect(Number(new URL(base).port), '127.0.0.1')
  socket.write(
    'POST /attune/collect HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{',
  )
  await expect.poll(async () => (await samples(metricsBase)).attune_collect_received_total, PATIENCE).toBe(5)
  socket.destroy()
  const outcome = (name: string): string => `attune_collect_batches_total{attune_batch_outcome="${name}"}`
  await expect.poll(async () => (await samples(metricsBase))[outcome('unanswered')], PATIENCE).toBe(1)
  const told = await samples(metricsBase)
  expect([told[outcome('acked')], told[outcome('refused')]]).toEqual([2, 2])
  const result = (name: string) => told[`attune_collect_events_total{attune_event_result="${name}"}`]
  expect(['accepted', 'duplicate', 'rejected'].map(result)).toEqual([3, 1, undefined])
  expect(
    told['attune_store_duration_seconds_count{db_system_name="sqlite",db_operation_name="append"}'],
  ).toBe(2)
  expect(told['attune_collect_duration_seconds_count{http_response_status_code="200"}']).toBe(2)
  expect(told['attune_health{attune_health_part="store"}']).toBe(1)
})

test('without being asked for there are no metrics, and it does not say so', async () => {
  const { base, out } = await startServing()
  expect((await fetch(`${base}/metrics`)).status).toBe(404)
  expect(out()).not.toContain('Metrics')
})

test('--metrics answers at its own port whoever has the token, and says at the start when there is none', async () => {
  const env = { ATTUNE_HEALTH_TOKEN: TOKEN }
  const { base, metricsBase, out } = await startServing(['--metrics'], { env })
  expect([metricsBase, out().includes('nobody')]).toEqual([base, false])
  const without = await startServing(['--metrics'])
  expect(without.out()).toContain('for nobody, while ATTUNE_HEALTH_TOKEN is not set')
  expect(await samples(base, TOKEN)).toHaveProperty('attune_health{attune_health_part="ruleset"}', 1)
})

test('--metrics-port answers there alone, with the health as well', async () => {
  const { base, metricsBase } = await startServing(['--metrics-port', '0'])
  expect((await fetch(`${base}/metrics`)).status).toBe(404)
  for (const path of ['/metrics', '/health', '/healthz'])
    expect((await fetch(metricsBase + path)).status).toBe(200)
  expect((await fetch(metricsBase)).status).toBe(404)
  expect((await fetch(`${metricsBase}/attune/collect`)).status).toBe(404)
})

test('the health page tells this machine how each part stands, to programs and to people', async () => {
  const { metricsBase: base } = await startServing(['--metrics-port', '0'])
  const response = await fetch(`${base}/health`)
  expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    'application/json',
    'no-store',
  ])
  const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(await response.json()).toEqual({
    status: 'ok',
    since: instant,
    started: instant,
    now: instant,
    version: '0.1.0',
    parts: [
      {
        part: 'ruleset',
        status: 'ok',
        since: instant,
        state: 'fresh',
        revision: 'test.1',
        ageSeconds: expect.any(Number),
      },
      { part: 'store', status: 'ok', since: instant, ids: 'as they are' },
      { part: 'keys', status: 'ok', since: instant },
      { part: 'proofs', status: 'ok', since: instant },
      { part: 'load', status: 'ok', since: instant, underWay: 0, limit: 512, shed: 0 },
    ],
  })
  const page = await fetch(`${base}/health`, { headers: { accept: 'text/html,*/*;q=0.8' } })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await page.text()).toContain('<h1 class="ok">Well</h1>')
  const post = await fetch(`${base}/health`, { method: 'POST' })
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('somebody else is told no more than that it is well', async () => {
  const { base, metricsBase } = await startServing(['--metrics-port', '0'])
  const proxied = { headers: { 'x-forwarded-for': '203.0.113.9' } }
  for (const path of ['/health', '/metrics']) {
    const answer = await fetch(metricsBase + path, proxied)
    expect([answer.status, (await answer.json()).error]).toEqual([403, 'not-local'])
  }
  for (const asked of [base, metricsBase]) expect((await fetch(`${asked}/healthz`, proxied)).status).toBe(200)
})

test('without a token the port that visitors may be sent to tells nobody, and the other one this machine', async () => {
  const { base, metricsBase } = await startServing(['--metrics', '--metrics-port', '0'])
  for (const path of ['/health', '/metrics']) {
    // So nginx of today passes on what it was told nothing about.
    const answer = await fetch(base + path)
    expect([answer.status, (await answer.json()).error]).toEqual([403, 'not-local'])
    expect((await fetch(metricsBase + path)).status).toBe(200)
  }
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
})

test('what an older nginx passes on without being told anything is no question of this machine', async () => {
  const { metricsBase } = await startServing(['--metrics-port', '0'])
  const { host, port } = new URL(metricsBase)
  const socket = connect(Number(port), '127.0.0.1')
  // As its `proxy_pass` writes it.
  socket.write(`GET /health HTTP/1.0\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  const chunks = await socket.toArray()
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 403 /)
})

test('with ATTUNE_HEALTH_TOKEN whoever sends it is told, from wherever, and nobody else', async () => {
  const { base } = await startServing(['--metrics'], { env: { ATTUNE_HEALTH_TOKEN: TOKEN } })
  const refused = await fetch(`${base}/health`)
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
    401,
    'Basic realm="attune health", charset="UTF-8"',
  ])
  const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' }
  for (const path of ['/health', '/metrics']) expect((await fetch(base + path, { headers })).status).toBe(200)
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
})

test('with --log json every event is one line, and standard output stays empty', async () => {
  const folder = makeSite()
  const { io, out, err, stop } = makeIo({ env: { ATTUNE_SECRET: SECRET, ATTUNE_KEYS_AT_REST: 'plain' } })
  const args = [
    '--ruleset',
    join(folder, 'rules.json'),
    '--data',
    join(folder, 'data'),
    '--port',
    '0',
    '--metrics',
  ]
  const ended = main(['serve', ...args, '--log', 'json'], [serve], io, '1')
  await expect.poll(err, PATIENCE).toContain('"metrics"')
  stop('SIGTERM')
  expect(await ended).toBe(0)
  const lines = err()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ level, speaker, event }) => [level, speaker, event])).toEqual([
    ['info', 'collector', 'listening'],
    ['info', 'collector', 'metrics'],
    ['info', 'collector', 'stopping'],
  ])
  expect(lines[2]).toMatchObject({ signal: 'SIGTERM', message: 'SIGTERM: finishing what is under way.' })
  expect(out()).toBe('')
})

test.each([
  [['--metrics-port', 'x'], {}, '--metrics-port is "x". Give a whole number from 0 to 65535.'],
  [['--log', 'xml'], {}, '--log is "xml". Choose one of text, json.'],
  [[], { ATTUNE_HEALTH_TOKEN: 'short' }, 'ATTUNE_HEALTH_TOKEN has 5 characters. Use at least 16'],
])('%j with %j is refused with the cure', async (options, env, message) => {
  const folder = makeSite()
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ...env } })
  const args = [
    '--ruleset',
    join(folder, 'rules.json'),
    '--data',
    join(folder, 'data'),
    '--port',
    '0',
    ...options,
  ]
  expect(await main(['serve', ...args], [serve], io, '1')).toBe(2)
  expect(err()).toContain(message)
})

test('an answer that left is told from one that did not', async () => {
  const deliveries = createDeliveries()
  const told: Promise<boolean>[] = []
  const server = await openServer(
    deliveries.watch(async (incoming, outgoing) => {
      told.push(deliveries.delivered())
      if (incoming.url === '/whole') outgoing.end('whole')
      else outgoing.destroy()
    }),
    { host: '127.0.0.1', port: 0 },
  )
  onTestFinished(async () => void (await server.close(1)))
  const base = `http://127.0.0.1:${server.port}`
  await fetch(`${base}/whole`)
  await fetch(`${base}/cut`).catch(() => {})
  expect(await Promise.all(told)).toEqual([true, false])
  expect(await deliveries.delivered()).toBe(true)
})
