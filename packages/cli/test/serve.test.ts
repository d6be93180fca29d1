import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { type NodeHandler, openServer } from '../src/serve/open-server.ts'
import { makeIo } from './support/make-io.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const env = { ATTUNE_SECRET: SECRET }

function send(base: string, headers: { readonly [name: string]: string } = {}): Promise<Response> {
  const event = {
    id: 'event-0123456789',
    name: 'view_item',
    time: Date.now(),
    properties: { item_id: 'boots' },
  }
  return fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      cookie: 'attune_consent=preferences',
      ...headers,
    },
    body: JSON.stringify({ sent: Date.now(), utcOffset: 0, page: '/', events: [event] }),
  })
}

test('events are collected, the health check answers, and a signal ends it with exit code 0', async () => {
  const { base, end } = await startServing()
  const health = await fetch(`${base}/healthz`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  const first = await send(base)
  expect([first.status, await first.json()]).toEqual([200, { accepted: 1, duplicates: 0, rejected: [] }])
  expect(first.headers.getSetCookie().join()).toContain('attune_visitor=')
  expect(await end()).toBe(0)
  await expect(fetch(`${base}/healthz`)).rejects.toThrow()
})

test('with --drain it goes on after the signal, says so to a load balancer, and then ends', async () => {
  const { base, end, out, err } = await startServing(['--drain', '1'])
  const ended = end()
  await expect.poll(() => out() + err()).toContain('going on for 1 s')
  const health = await fetch(`${base}/healthz`)
  expect([health.status, await health.json()]).toEqual([503, { status: 'stopping' }])
  expect((await send(base)).status).toBe(200)
  expect(await ended).toBe(0)
  await expect(fetch(`${base}/healthz`)).rejects.toThrow()
})

test('what was acknowledged is there after a restart', async () => {
  const folder = makeSite()
  const { base, end } = await startServing([], { folder })
  const cookies = (await send(base)).headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  await end()
  const again = await startServing([], { folder })
  const cookie = ['attune_consent=preferences', ...cookies].join('; ')
  expect(await (await send(again.base, { cookie })).json()).toMatchObject({ accepted: 0, duplicates: 1 })
})

test('pages of other origins may send only when they are named', async () => {
  const { base } = await startServing(['--origin', 'https://shop.example'])
  expect((await send(base, { origin: 'https://shop.example' })).status).toBe(200)
  expect((await send(base, { origin: 'https://other.example' })).status).toBe(403)
})

test('other paths are 404 and other methods 405', async () => {
  const { base } = await startServing()
  expect((await fetch(`${base}/`)).status).toBe(404)
  expect((await fetch(`${base}/attune/collect/x`)).status).toBe(404)
  expect((await fetch(`${base}/attune/collect`)).status).toBe(405)
  const health = await fetch(`${base}/healthz`, { method: 'POST' })
  expect([health.status, health.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('a request that is under way when it stops is answered, and its connection ends', async () => {
  let answer = (): void => {}
  const arrived = Promise.withResolvers<void>()
  const handler: NodeHandler = (_incoming, outgoing) =>
    new Promise((resolve) => {
      answer = () => resolve(void outgoing.end('done'))
      arrived.resolve()
    })
  const server = await openServer(handler, { host: '127.0.0.1', port: 0 })
  const asked = fetch(`http://127.0.0.1:${server.port}/`)
  await arrived.promise
  const closed = server.close(60_000)
  answer()
  const response = await asked
  expect([await response.text(), response.headers.get('connection')]).toEqual(['done', 'close'])
  expect(await closed).toBe(true)
})

test('a request that never ends is cut off after the grace', async () => {
  const arrived = Promise.withResolvers<void>()
  const handler: NodeHandler = async () => arrived.resolve()
  const server = await openServer(handler, { host: '127.0.0.1', port: 0 })
  const asked = fetch(`http://127.0.0.1:${server.port}/`)
  await arrived.promise
  const [cut, inTime] = await Promise.all([asked.catch((error: unknown) => error), server.close(1)])
  expect(cut).toBeInstanceOf(TypeError)
  expect(inTime).toBe(false)
})

test('a taken port says so, with the cure', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const folder = makeSite()
  const { io, err } = makeIo({ env })
  const args = [
    '--ruleset',
    join(folder, 'rules.json'),
    '--data',
    join(folder, 'data'),
    '--port',
    String(port),
  ]
  expect(await main(['serve', ...args], [serve], io, '1')).toBe(2)
  expect(err()).toContain(
    `attune serve: Port ${port} of 127.0.0.1 is taken. Stop what listens there, or choose another: --port ${port + 1}.`,
  )
})

test.each([
  [[], env, '--ruleset <place> is missing.'],
  [['--ruleset', 'nowhere.json'], env, 'The file nowhere.json cannot be read'],
  [['--ruleset', 'RULES'], {}, 'ATTUNE_SECRET is not set. Set it to sign cookies'],
  [['--ruleset', 'RULES'], { ATTUNE_SECRET: 'short' }, 'ATTUNE_SECRET has 5 characters. Use at least 32'],
  [['--ruleset', 'RULES', '--port', '80.5'], env, '--port is "80.5". Give a whole number from 0 to 65535.'],
  [['--ruleset', 'RULES', '--port', '65536'], env, '--port is "65536".'],
  [['--ruleset', 'RULES', '--origin', 'shop.example'], env, '--origin is "shop.example".'],
  [['--ruleset', 'RULES', '--origin', 'https://shop.example/path'], env, 'Give scheme and host'],
  [['--ruleset', 'RULES', '--data', 'RULES/data'], env, 'The data folder'],
])('%j is refused with the cure and exit code 2', async (args, around, message) => {
  const folder = makeSite()
  const named = args.map((arg) => arg.replace('RULES', join(folder, 'rules.json')))
  const { io, err } = makeIo({ env: around })
  expect(await main(['serve', ...named], [serve], io, '1')).toBe(2)
  expect(err()).toContain(message)
})
