import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { ROLES } from '@attune/collector/roles'
import type { FeedEvent } from '@attune/collector/watching'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Numbers } from '../../src/live/numbers.ts'
import { readEventStream, type StreamMessage } from '../../src/live/read-event-stream.ts'
import { BROWSER, PATIENCE, type Served, startServing } from '../support/start-serving.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const tokenOf = (role: string): string => `the-token-of-${role}-0123456789`
const ATTUNE_KEYS = ROLES.map(
  (role) => `${role}:${role}:${createHash('sha256').update(tokenOf(role)).digest('hex')}`,
).join()

interface Send {
  readonly names?: readonly string[]
  readonly cookie?: string
  readonly agent?: string
  readonly item?: string
}

let sent = 0
async function send(
  base: string,
  {
    names = ['view_item'],
    cookie = 'preferences',
    agent = BROWSER,
    item = 'boots of jane@example.com',
  }: Send = {},
) {
  const events = names.map((name) => ({
    id: `event-${sent++}-0123456789`,
    name,
    time: Date.now(),
    properties: { item_id: item },
  }))
  const headers = {
    'content-type': 'application/json',
    'user-agent': agent,
    cookie: `attune_consent=${cookie}`,
  }
  const body = JSON.stringify({ sent: Date.now(), utcOffset: 0, page: '/', events })
  return (await fetch(`${base}/attune/collect`, { method: 'POST', headers, body })).status
}

/** Opens a stream as somebody; `next` gives the next message of a kind. */
async function open(base: string, path: string, role: string) {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const headers = { authorization: `Bearer ${tokenOf(role)}` }
  const answer = await fetch(`${base}/attune/live/${path}`, { headers, signal: abort.signal })
  const messages = answer.status === 200 && answer.body !== null ? readEventStream(answer.body) : undefined
  const waiting: StreamMessage[] = []
  const next = async <Data>(event: string): Promise<Data | undefined> => {
    for (;;) {
      const at = waiting.findIndex((message) => message.event === event)
      if (at >= 0) return JSON.parse(waiting.splice(at, 1)[0]!.data) as Data
      const { done = true, value } = (await messages?.next()) ?? {}
      if (done || value === undefined) return undefined
      waiting.push(...value)
    }
  }
  return { status: answer.status, headers: answer.headers, next, stop: () => abort.abort() }
}

async function start(options: readonly string[] = []): Promise<Served> {
  return startServing(options, { env: { ATTUNE_KEYS } })
}

test('numbers come at once and then each second, and say how the parts stand', async () => {
  const { base } = await start(['--alarms'])
  await send(base, { names: ['view_item', 'explode'] })
  const { next, headers } = await open(base, 'numbers', 'viewer')
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const first = await next<Numbers>('numbers')
  expect([first?.accepted, first?.rejected, first?.reasons, first?.sessions, first?.alarms]).toEqual([
    1,
    1,
    [['unknown-event', 1]],
    1,
    [],
  ])
  await send(base)
  let second = await next<Numbers>('numbers')
  // A busy machine sends some that are from before.
  while (second !== undefined && (second.accepted < 2 || second.parts.length === 0))
    second = await next<Numbers>('numbers')
  expect(second?.accepted).toBe(2)
  expect(second?.parts.map(({ part }) => part)).toEqual([
    'ruleset',
    'store',
    'keys',
    'proofs',
    'load',
    'collection',
  ])
  expect(JSON.stringify(second)).not.toContain('boots')
})

test('without --alarms nobody looks for any, and it is said so', async () => {
  const { base } = await start()
  expect((await (await open(base, 'numbers', 'admin')).next<Numbers>('numbers'))?.alarms).toBeNull()
})

test('what is answered to the banner is counted once it is proven', async () => {
  const { base } = await start()
  const headers = { 'content-type': 'application/json', origin: base, cookie: 'attune_consent=preferences' }
  const body = JSON.stringify({ by: 'accept', text: '2026-11' })
  const { status } = await fetch(`${base}/attune/consent`, { method: 'POST', headers, body })
  expect(status).toBe(204)
  const numbers = await (await open(base, 'numbers', 'viewer')).next<Numbers>('numbers')
  expect([numbers?.answers.all, numbers?.answers.granted.preferences]).toEqual([1, 1])
})

test('an editor sees events as they arrive, cleaned and without whose they are; filtered as asked', async () => {
  const { base } = await start()
  const all = await open(base, 'events', 'editor')
  const refused = await open(base, 'events?reason=unknown-event&reason=bot', 'editor')
  await send(base, { names: ['view_item', 'explode'] })
  await send(base, { agent: 'curl/8.5.0' })
  const heard = [
    await all.next<FeedEvent>('heard'),
    await all.next<FeedEvent>('heard'),
    await all.next<FeedEvent>('heard'),
  ]
  expect(heard.map((event) => [event?.outcome, event?.name, event?.reason, event?.properties])).toEqual([
    ['accepted', 'view_item', undefined, { item_id: 'boots of [email]' }],
    ['rejected', 'explode', 'unknown-event', { item_id: 'boots of [email]' }],
    ['rejected', 'view_item', 'bot/user-agent', { item_id: 'boots of [email]' }],
  ])
  expect((await refused.next<FeedEvent>('heard'))?.reason).toBe('unknown-event')
  expect((await refused.next<FeedEvent>('heard'))?.reason).toBe('bot/user-agent')
})

test('a viewer sees numbers alone, a privacy officer neither, and nobody learns whether a token is known', async () => {
  const { base } = await start()
  const statusOf = async (path: string, role: string) => (await open(base, path, role)).status
  expect(await statusOf('numbers', 'viewer')).toBe(200)
  expect(await statusOf('events', 'viewer')).toBe(403)
  expect(await statusOf('numbers', 'privacy-officer')).toBe(403)
  const [none, wrong] = await Promise.all([
    fetch(`${base}/attune/live/numbers`),
    fetch(`${base}/attune/live/numbers`, { headers: { authorization: 'Bearer guessed' } }),
  ])
  expect([none.status, await none.text()]).toEqual([401, await wrong.text()])
})

test('whoever does not read is left behind and told how many events were left out; batches go on', async () => {
  const { base } = await start()
  const port = Number(new URL(base).port)
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(
    `GET /attune/live/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${tokenOf('editor')}\r\n\r\n`,
  )
  await new Promise((resolve) => socket.once('readable', resolve))
  // Nobody reads from here on: kernels hold some megabytes, and what is left over we do not hold.
  const names = Array.from({ length: 50 }, () => 'view_item')
  const item = 'boots '.repeat(150)
  const before = process.memoryUsage().heapUsed
  for (let batch = 0; batch < 200; batch++) expect(await send(base, { names, item })).toBe(200)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000)
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  const counted = () => {
    const missed = [...text.matchAll(/"count":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
    return { missed, all: missed + text.split('event: heard').length - 1 }
  }
  await expect.poll(() => counted().all, { timeout: 20_000 }).toBe(10_000)
  expect(counted().missed).toBeGreaterThan(0)
})

test('streams end when the server does, and it does not wait for them', async () => {
  const { base, end } = await start()
  const { next } = await open(base, 'numbers', 'viewer')
  await next('numbers')
  const ended = end()
  const rest = (async () => {
    while ((await next('numbers')) !== undefined);
  })()
  expect(await ended).toBe(0)
  await rest
})

test('no more than 32 streams go on, and nothing but GET begins one', async () => {
  const { base } = await start()
  const streams = await Promise.all(Array.from({ length: 32 }, () => open(base, 'numbers', 'viewer')))
  expect(streams.every(({ status }) => status === 200)).toBe(true)
  expect((await open(base, 'numbers', 'viewer')).status).toBe(503)
  streams[0]!.stop()
  await expect.poll(async () => (await open(base, 'numbers', 'viewer')).status, PATIENCE).toBe(200)
  for (const path of ['', '/numbers', '/events']) {
    const headers = { authorization: `Bearer ${tokenOf('editor')}` }
    const { status } = await fetch(`${base}/attune/live${path}`, { method: 'POST', headers })
    expect([path, status]).toEqual([path, 405])
  }
})

test('the page holds no number, names its own style and script, and lets nothing else in', async () => {
  const { base } = await start()
  await send(base, { names: ['view_item'] })
  const answer = await fetch(`${base}/attune/live`)
  const html = await answer.text()
  const policy = answer.headers.get('content-security-policy') ?? ''
  for (const [, element = '', text = ''] of html.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)) {
    const hash = createHash('sha256').update(text).digest('base64')
    expect([element, policy.includes(`${element}-src 'sha256-${hash}'`)]).toEqual([element, true])
  }
  expect(policy).toContain("default-src 'none'")
  expect(html.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|view_item|src=/)
})
