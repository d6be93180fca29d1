import { expect, test, vi } from 'vitest'
import { BROWSER, PATIENCE, type Served, startServing } from './support/start-serving.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

interface Line {
  readonly said: Record<string, unknown>[]
  readonly socket: WebSocket
  readonly closed: Promise<number>
}

/** A visitor whom the server knows: the cookies it set. */
async function meet({ base }: Served): Promise<string> {
  const event = { id: 'first', name: 'view_item', time: Date.now(), properties: {} }
  const answer = await fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      cookie: 'attune_consent=preferences',
    },
    body: JSON.stringify({ sent: Date.now(), events: [event] }),
  })
  const set = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  return ['attune_consent=preferences', ...set].join('; ')
}

function renew({ base }: Served, cookie: string): Promise<Response> {
  return fetch(`${base}/attune/socket`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, origin: base, cookie },
    body: '{}',
  })
}

async function open(served: Served, cookie: string, origin = served.base): Promise<Line> {
  const { ticket } = await (await renew(served, cookie)).json()
  const url = `${served.base.replace('http', 'ws')}/attune/socket`
  const said: Record<string, unknown>[] = []
  // Node takes headers, which browsers set themselves.
  const options = { headers: { origin, cookie, 'user-agent': BROWSER } } as unknown as string
  const socket = new WebSocket(url, options)
  socket.onopen = () => socket.send(JSON.stringify({ ticket }))
  socket.onmessage = ({ data }) => said.push(JSON.parse(data))
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code)
  })
  return { said, socket, closed }
}

const batch = (id: string): string =>
  `{"n":1,"consent":"preferences"}\n${JSON.stringify({
    sent: Date.now(),
    events: [{ id, name: 'view_item', time: Date.now(), properties: {} }],
  })}`

test('with --sockets a batch is taken over a socket, seen in health and metrics, and the signal says goodbye', async () => {
  const served = await startServing(['--sockets', '--metrics-port', '0'])
  const cookie = await meet(served)
  const line = await open(served, cookie)
  await expect.poll(() => line.said, PATIENCE).toEqual([{ n: 0, status: 200 }])
  line.socket.send(batch('over a socket'))
  await expect
    .poll(() => line.said[1], PATIENCE)
    .toMatchObject({ n: 1, status: 200, answer: { accepted: 1, duplicates: 0, rejected: [] } })
  const strange = await open(served, cookie, 'https://evil.example')
  expect(await strange.closed).toBe(1006)
  const health = await (await fetch(`${served.metricsBase}/health`)).json()
  expect(health.parts.find(({ part }: { part: string }) => part === 'sockets')).toMatchObject({
    status: 'ok',
    open: 1,
    messages: 2,
  })
  const metrics = await (await fetch(`${served.metricsBase}/metrics`)).text()
  expect(metrics).toMatch(/^attune_sockets 1$/m)
  expect(metrics).toMatch(/^attune_socket_refused_total\{error_type="origin"\} 1$/m)
  expect(metrics).toMatch(/^attune_collect_batches_total\{attune_batch_outcome="acked"\} 2$/m)
  const ended = served.end()
  expect(await line.closed).toBe(1001)
  expect(await ended).toBe(0)
})

test('without --sockets there are none, and a request that asks for another protocol is answered as ever', async () => {
  const served = await startServing()
  const cookie = await meet(served)
  expect((await renew(served, cookie)).status).toBe(404)
  const closed = new Promise<number>((resolve) => {
    const options = { headers: { origin: served.base, cookie } } as unknown as string
    const socket = new WebSocket(`${served.base.replace('http', 'ws')}/attune/socket`, options)
    socket.onclose = ({ code }) => resolve(code)
  })
  expect(await closed).toBe(1006)
})

test('a proxy is believed for --sockets alone', async () => {
  const served = await startServing(['--sockets', '--trusted-proxy', '127.0.0.1'])
  expect((await renew(served, await meet(served))).status).toBe(200)
})
