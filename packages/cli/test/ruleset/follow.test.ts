import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { serve } from '../../src/commands/serve.ts'
import { main } from '../../src/main.ts'
import { makeIo } from '../support/make-io.ts'
import { makeRuleset } from '../support/make-ruleset.ts'
import { BROWSER, makeSite, PATIENCE, SECRET, startServing } from '../support/start-serving.ts'

// A file is looked at every two seconds, and a busy machine holds up every process on it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const send = (base: string, name: string): Promise<Response> =>
  fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      cookie: 'attune_consent=preferences',
    },
    body: JSON.stringify({ events: [{ id: `id-of-${name}`, name, time: Date.now() }] }),
  })

test('what is published while it serves is in force without a restart, and what is damaged never is', async () => {
  const folder = makeSite()
  const file = join(folder, 'rules.json')
  const put = (text: string): void => {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
  const { base, metricsBase, err } = await startServing(['--metrics-port', '0'], { folder, tick: 100 })
  const part = async () => (await (await fetch(`${metricsBase}/health`)).json()).parts[0]
  expect(await (await send(base, 'wish')).json()).toMatchObject({ rejected: [{ reason: 'unknown-event' }] })
  const { events } = makeRuleset()
  put(JSON.stringify(makeRuleset({ revision: 'test.2', events: { ...events, wish: {} } })))
  await expect.poll(async () => (await part()).revision, PATIENCE).toBe('test.2')
  expect(await (await send(base, 'wish')).json()).toMatchObject({ accepted: 1 })
  expect(err()).toContain('The ruleset test.2 is in force; it was test.1.')
  put('{ "version": 1')
  await expect.poll(async () => (await part()).status, PATIENCE).toBe('degraded')
  expect(await part()).toMatchObject({ state: 'stale', revision: 'test.2' })
  expect((await part()).why).toContain(`The ruleset ${JSON.stringify(file)} is not sound. `)
  expect(err()).toContain(`The ruleset ${JSON.stringify(file)} is not sound. `)
  expect(await (await send(base, 'wish')).json()).toMatchObject({ accepted: 1 })
})

test.each([
  [['--ruleset', 'redis'], {}, 'REDIS_URL is not set. Set it to where Redis is'],
  [['--ruleset', 'edge-config'], {}, 'EDGE_CONFIG is not set.'],
  [['--ruleset', 'upstash'], {}, 'UPSTASH_REDIS_REST_URL is not set.'],
  [
    ['--ruleset', 'redis'],
    { REDIS_URL: 'redis://127.0.0.1:1' },
    'the key attune:ruleset of Redis is out of reach',
  ],
  [
    ['--ruleset', 'redis'],
    { ATTUNE_REDIS_URL: 'redis://127.0.0.1:1' },
    'the key attune:ruleset of Redis is out of reach',
  ],
  [['--ruleset', 'http://127.0.0.1:1/r'], {}, '127.0.0.1:1/r'],
  [['--ruleset', 'rules.json', '--ruleset-key', 'x'], {}, '--ruleset-key means nothing to "rules.json".'],
])('%j with %j is refused with the cure and exit code 2', async (args, env, message) => {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ...env } })
  expect(await main(['serve', ...args], [serve], io, '1')).toBe(2)
  expect(err()).toContain(message)
})
