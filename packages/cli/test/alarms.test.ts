import { createServer, request as requestHttp } from 'node:http'
import type { RequestOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { RequestHttps } from '@attune/collector/quality'
import { expect, onTestFinished, test, vi } from 'vitest'
import { alarms } from '../src/commands/alarms.ts'
import { main } from '../src/main.ts'
import { makeIo } from './support/make-io.ts'

// Where the messages really go: the test has no certificate of an address out there.
const hook = vi.hoisted(() => ({ port: 0 }))
vi.mock('node:https', async (original) => ({
  ...(await original<typeof import('node:https')>()),
  request: ((options: RequestOptions, answered) =>
    requestHttp(
      { ...options, agent: undefined, host: '127.0.0.1', port: hook.port },
      answered,
    )) satisfies RequestHttps,
}))

const ATTUNE_ALARM_SECRET = 'the secret of the webhook'

async function openHook(status: number): Promise<readonly string[]> {
  const heard: string[] = []
  const server = createServer(async (incoming, outgoing) => {
    heard.push(Buffer.concat(await incoming.toArray()).toString())
    outgoing.writeHead(status).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  // It listens on TCP.
  hook.port = (server.address() as AddressInfo).port
  return heard
}

async function run(env: { readonly [name: string]: string }, ...words: readonly string[]) {
  const { io, out, err } = makeIo({ env })
  const code = await main(['alarms', ...words], [alarms], io, '1')
  return { code, out: out(), err: err() }
}

test('a test is told to the log and the webhook, and what came back is said', async () => {
  const heard = await openHook(204)
  const env = { ATTUNE_ALARM_WEBHOOK: 'https://9.9.9.9/hook/of-ours', ATTUNE_ALARM_SECRET }
  expect(await run(env, 'test')).toEqual({
    code: 0,
    out: 'Log: told. Webhook: 9.9.9.9 answered 204.\n',
    err: 'A test of the alarms: nothing is wrong.\n',
  })
  expect(heard.map((body) => JSON.parse(body))).toMatchObject([{ state: 'test', alarm: { event: 'test' } }])
})

test('a webhook that does not take it is told by its variable, and by no part of its path', async () => {
  await openHook(500)
  const env = { ATTUNE_ALARM_WEBHOOK: 'https://9.9.9.9/hook/of-ours', ATTUNE_ALARM_SECRET }
  const { code, err } = await run(env, 'test')
  expect(code).toBe(1)
  expect(err).toContain('Webhook: not told. ATTUNE_ALARM_WEBHOOK: 9.9.9.9 answered 500.')
  expect(err).not.toContain('of-ours')
})

test('without a webhook it says that nobody else is told', async () => {
  const { code, out } = await run({}, 'test')
  expect([code, out]).toEqual([0, 'Log: told. ATTUNE_ALARM_WEBHOOK is not set: nobody else is.\n'])
})

test('a host of one’s own network is told where its name is given', async () => {
  const heard = await openHook(200)
  const env = { ATTUNE_ALARM_WEBHOOK: 'https://10.1.2.3/hook', ATTUNE_ALARM_SECRET }
  const { code, err } = await run(env, 'test')
  expect([code, err]).toEqual([
    2,
    expect.stringContaining(
      'ATTUNE_ALARM_WEBHOOK: 10.1.2.3 has an address that is not public. Name a host of the public internet, or give leave to this one (ATTUNE_ALARM_PRIVATE_HOST).',
    ),
  ])
  expect(heard).toEqual([])
  expect((await run({ ...env, ATTUNE_ALARM_PRIVATE_HOST: '10.1.2.3' }, 'test')).code).toBe(0)
  expect(heard).toHaveLength(1)
})

test.each([
  [
    { ATTUNE_ALARM_WEBHOOK: 'http://hooks.example', ATTUNE_ALARM_SECRET },
    ['test'],
    'ATTUNE_ALARM_WEBHOOK: it is no https',
  ],
  [{ ATTUNE_ALARM_WEBHOOK: 'https://hooks.example' }, ['test'], 'needs ATTUNE_ALARM_SECRET'],
  [{}, ['ring'], 'Say test.'],
])('%j with %j is told with its cure', async (env, words, message) => {
  const { code, err } = await run(env, ...words)
  expect([code, err]).toEqual([2, expect.stringContaining(message)])
})
