import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

function send(base: string, ids: readonly string[], headers: { readonly [name: string]: string } = {}) {
  const events = ids.map((id, at) => ({
    id,
    name: 'view_item',
    time: Date.now() - 10_000 + at * 15,
    properties: {},
  }))
  return fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      cookie: 'attune_consent=preferences',
      ...headers,
    },
    body: JSON.stringify({ sent: Date.now(), events }),
  })
}

test('a visitor who floods is told to come later, unless --limits off says that nobody is', async () => {
  const { base } = await startServing()
  const cookies = (await send(base, ['a'])).headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const cookie = ['attune_consent=preferences', ...cookies].join('; ')
  // Fifty are let through at once, and five a second after that.
  const answers = await Promise.all(Array.from({ length: 150 }, () => send(base, [], { cookie })))
  const limited = answers.filter(({ status }) => status === 429)
  expect(limited.length).toBeGreaterThan(0)
  expect(limited.every(({ headers }) => Number(headers.get('retry-after')) >= 1)).toBe(true)
  expect(await limited[0]!.json()).toMatchObject({ error: 'rate', accepted: 0 })
  expect((await send(base, ['b'])).status).toBe(200)
  const unlimited = await startServing(['--limits', 'off'])
  const all = await Promise.all(Array.from({ length: 150 }, () => send(unlimited.base, [], { cookie })))
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
})

test('with --alarms the health page has a part for it, and what was learnt is kept for the next start', async () => {
  const folder = makeSite()
  const first = await startServing(['--alarms', '--behaviour', '--metrics-port', '0'], { folder })
  expect((await send(first.base, ['a'])).status).toBe(200)
  const health = await (await fetch(`${first.metricsBase}/health`)).json()
  expect(health.parts.find(({ part }: { part: string }) => part === 'collection')).toMatchObject({
    status: 'ok',
  })
  await first.end()
  const file = join(folder, 'data', 'watch.json')
  expect(JSON.parse(readFileSync(file, 'utf8')).events.map(([name]: [string]) => name)).toEqual(['view_item'])
  const second = await startServing(['--alarms'], { folder })
  await second.end()
  expect(JSON.parse(readFileSync(file, 'utf8')).events.map(([name]: [string]) => name)).toEqual(['view_item'])
})

test('what was learnt and cannot be read any more is told of, and no reason not to start', async () => {
  const folder = makeSite()
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'watch.json'), '{ "window": 3600000, "events": 7')
  const served = await startServing(['--alarms'], { folder })
  expect(served.err()).toContain('watch:')
  await served.end()
})

test('without the options nothing of it is there', async () => {
  const folder = makeSite()
  const { metricsBase, end } = await startServing(['--metrics-port', '0'], { folder })
  const health = await (await fetch(`${metricsBase}/health`)).json()
  expect(health.parts.map(({ part }: { part: string }) => part)).not.toContain('collection')
  await end()
  expect(existsSync(join(folder, 'data', 'watch.json'))).toBe(false)
})

test.each([
  [['--limits', 'none'], {}, '--limits is "none". Choose one of on, off.'],
  [['--trusted-proxy', 'proxy'], {}, 'Name an address or a range'],
  [['--limits', 'off', '--trusted-proxy', 'proxy'], {}, 'Name an address or a range'],
  [['--alarms'], { ATTUNE_ALARM_WEBHOOK: 'https://hooks.example' }, 'ATTUNE_ALARM_SECRET'],
  [['--alarms'], { ATTUNE_ALARM_WEBHOOK: 'http://hooks.example', ATTUNE_ALARM_SECRET: 's' }, 'https'],
])('%j with %j does not start, and says why', async (options, env, message) => {
  const folder = makeSite()
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ...env } })
  const where = ['--ruleset', join(folder, 'rules.json'), '--data', join(folder, 'data'), '--port', '0']
  expect(await main(['serve', ...where, ...options], [serve], io, '1')).toBe(2)
  expect(err()).toContain(message)
})
