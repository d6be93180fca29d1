import { createHash, createHmac } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request as requestHttp } from 'node:http'
import type { RequestOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { RequestHttps, SavedWatch } from '@attune/collector/quality'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Numbers } from '../src/live/numbers.ts'
import { readEventStream } from '../src/live/read-event-stream.ts'
import { BROWSER, makeSite, PATIENCE, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

// Where the messages to the public internet really go: the test has no certificate of an address out there.
const hook = vi.hoisted(() => ({ port: 0 }))
vi.mock('node:https', async (original) => ({
  ...(await original<typeof import('node:https')>()),
  request: ((options: RequestOptions, answered) =>
    requestHttp(
      { ...options, agent: undefined, host: '127.0.0.1', port: hook.port },
      answered,
    )) satisfies RequestHttps,
}))

afterEach(() => {
  vi.useRealTimers()
})

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 10, 22, 12)
const TOKEN = 'the-token-of-a-viewer-0123456789'
const USUAL = 'view_item: 3 events, where about 98 were expected.'

/** Ten days of about a hundred events an hour; the hour of noon is the next to be judged. */
const LEARNT: SavedWatch = {
  window: HOUR,
  next: NOON,
  events: [['view_item', { counts: Array.from({ length: 240 }, (_, at) => 98 + (at % 5)), tallies: [] }]],
}

/** Hears what is posted to a webhook. */
async function openHook(): Promise<Promise<{ readonly body: string; readonly signature: string }>[]> {
  const heard: Promise<{ readonly body: string; readonly signature: string }>[] = []
  const server = createServer((incoming, outgoing) => {
    heard.push(
      incoming.toArray().then((chunks) => {
        outgoing.writeHead(204).end()
        return {
          body: Buffer.concat(chunks).toString(),
          signature: String(incoming.headers['attune-signature']),
        }
      }),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  hook.port = (server.address() as AddressInfo).port
  return heard
}

async function alarmsAt(base: string): Promise<Numbers['alarms']> {
  const abort = new AbortController()
  const headers = { authorization: `Bearer ${TOKEN}` }
  const { body } = await fetch(`${base}/attune/live/numbers`, { headers, signal: abort.signal })
  const { value } = await readEventStream(body!).next()
  abort.abort()
  const numbers: Numbers = JSON.parse(value?.[0]?.data ?? '')
  return numbers.alarms
}

test('when too little comes the log, the webhook, the health page and the live page say so', async () => {
  const folder = makeSite()
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'watch.json'), JSON.stringify(LEARNT))
  const posted = await openHook()
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOON + 1_000 })
  const env = {
    ATTUNE_ALARM_WEBHOOK: 'https://9.9.9.9/attune',
    ATTUNE_ALARM_SECRET: 'the secret of the webhook',
    ATTUNE_KEYS: `viewer:viewer:${createHash('sha256').update(TOKEN).digest('hex')}`,
  }
  // What was looked at a moment ago is not looked at again: each look is a second later.
  const { base, metricsBase, err, out } = await startServing(['--alarms', '--metrics-port', '0'], {
    folder,
    env,
    tick: 1_000,
  })
  const events = [1, 2, 3].map((at) => ({
    id: `event-${at}`,
    name: 'view_item',
    time: NOON,
    properties: { item_id: 'boots' },
  }))
  const headers = {
    'content-type': 'application/json',
    'user-agent': BROWSER,
    cookie: 'attune_consent=preferences',
  }
  const body = JSON.stringify({ sent: NOON + 1_000, events })
  const answer = await fetch(`${base}/attune/collect`, { method: 'POST', headers, body })
  expect(await answer.json()).toMatchObject({ accepted: 3 })
  expect(await alarmsAt(base)).toEqual([])

  vi.setSystemTime(NOON + HOUR)
  vi.advanceTimersByTime(60_000)

  await expect.poll(() => posted.length, PATIENCE).toBe(1)
  const { body: told, signature } = await posted[0]!
  expect(JSON.parse(told)).toMatchObject({
    state: 'raised',
    alarm: { kind: 'volume-drop', event: 'view_item', seen: 3, since: NOON },
    message: USUAL,
  })
  const [, unix] = signature.split('.')
  const expected = createHmac('sha256', env.ATTUNE_ALARM_SECRET)
    .update(`alarm\n${unix}\n${told}`)
    .digest('hex')
  expect(signature).toBe(`v1.${unix}.${expected}`)
  await expect.poll(() => err() + out(), PATIENCE).toContain(`Alarm: ${USUAL}`)
  const collection = async () => {
    const { parts } = await (await fetch(`${metricsBase}/health`)).json()
    return parts.find(({ part }: { part: string }) => part === 'collection')
  }
  // A look that was under way when the alarm came may be what is told first.
  await expect.poll(collection, PATIENCE).toMatchObject({ status: 'degraded', why: USUAL, alarms: 1 })
  expect(await alarmsAt(base)).toEqual([{ since: NOON, text: USUAL }])
})
