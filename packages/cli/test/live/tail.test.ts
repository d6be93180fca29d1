import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createIdentitySender } from '@attune/collector/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { tail } from '../../src/commands/tail.ts'
import { followEvents, type Told } from '../../src/live/follow-events.ts'
import { renderEvent } from '../../src/live/render-event.ts'
import { main } from '../../src/main.ts'
import { styleFor } from '../../src/terminal/style.ts'
import { type IoOptions, makeIo } from '../support/make-io.ts'
import { makeRuleset } from '../support/make-ruleset.ts'
import { BROWSER, makeSite, PATIENCE, startServing } from '../support/start-serving.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const TOKEN = 'the-token-of-an-editor-0123456789'
const ATTUNE_KEYS = `newsroom:editor:${createHash('sha256').update(TOKEN).digest('hex')}`
const plain = styleFor(makeIo().io.stdout, {})

function run(args: readonly string[], options: IoOptions = {}) {
  const made = makeIo({ env: { ATTUNE_TOKEN: TOKEN }, ...options })
  return { ...made, ended: main(['tail', ...args], [tail], made.io, '1') }
}

async function send(base: string): Promise<void> {
  const properties = { item_id: 'boots', note: '\u001b[2J' }
  const event = { id: 'event-0123456789', name: 'view_item', time: Date.now(), properties }
  const body = JSON.stringify({
    sent: Date.now(),
    page: '/',
    events: [event, { ...event, name: 'view_itm' }],
  })
  const headers = {
    'content-type': 'application/json',
    'user-agent': BROWSER,
    cookie: 'attune_consent=preferences',
  }
  expect((await fetch(`${base}/attune/collect`, { method: 'POST', headers, body })).status).toBe(200)
}

/** A collector that answers streams as a test says. */
async function standIn(answer: (outgoing: ServerResponse, url: string) => void): Promise<URL> {
  const server = createServer((incoming, outgoing) => answer(outgoing, incoming.url ?? ''))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // It listens on TCP.
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

test('shows what was accepted and what not, until it is ended', async () => {
  const { base } = await startServing([], { env: { ATTUNE_KEYS } })
  const { out, err, stop, ended } = run(['--url', base])
  await expect.poll(err, PATIENCE).toContain('Connected.')
  await send(base)
  await expect.poll(out, PATIENCE).toContain('unknown-event')
  stop('SIGINT')
  expect(await ended).toBe(0)
  const [accepted = '', rejected = ''] = out().split('\n')
  expect(accepted).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {2}accepted {3}view_item {11}[\w-]{6} {2}item_id="boots"$/)
  expect(rejected).toMatch(
    / {2}rejected {3}view_itm {12}[\w-]{6} {2}unknown-event: The ruleset has no event view_itm\./,
  )
  expect(out()).not.toContain('\u001b')
})

test('as JSON is one document a line, and filters are asked of the collector', async () => {
  const { base } = await startServing([], { env: { ATTUNE_KEYS } })
  const { out, err, stop, ended } = run(['--url', `${base}/`, '--json', '--reason', 'unknown-event'])
  await expect.poll(err, PATIENCE).toContain('Connected.')
  await send(base)
  await expect.poll(out, PATIENCE).toContain('\n')
  stop('SIGINT')
  await ended
  expect(
    out()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { name: string }).name),
  ).toEqual(['view_itm'])
})

test.each<[string, readonly string[], { readonly [name: string]: string }, string]>([
  ['no token', [], {}, 'ATTUNE_TOKEN is missing'],
  ['a reason that does not exist', ['--reason', 'bott'], { ATTUNE_TOKEN: TOKEN }, 'Did you mean'],
  ['no address', ['--url', 'shop.example'], { ATTUNE_TOKEN: TOKEN }, 'Give scheme and host'],
  ['a token for all to read', ['--url', 'http://shop.example'], { ATTUNE_TOKEN: TOKEN }, 'Use https'],
  ['nobody there', ['--url', 'http://127.0.0.1:9'], { ATTUNE_TOKEN: TOKEN }, 'No collector answers'],
])('%s is told with its cure', async (_, args, env, message) => {
  const { err, ended } = run(args, { env })
  expect(await ended).toBe(2)
  expect(err()).toContain(message)
  expect(err()).not.toContain(TOKEN)
})

test.each([
  [401, 'knows no key with this token'],
  [403, 'may not see events'],
  [404, 'no stream of events'],
])('an answer of %i is told with its cure, and not tried again', async (status, message) => {
  const base = await standIn((outgoing) => outgoing.writeHead(status).end())
  const { err, ended } = run(['--url', base.href])
  expect(await ended).toBe(2)
  expect(err()).toContain(message)
})

test('a token follows no redirect', async () => {
  const asked: string[] = []
  const base = await standIn((outgoing, url) => {
    asked.push(url)
    outgoing.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect(await run(['--url', base.href]).ended).toBe(2)
  expect(asked).toEqual(['/attune/live/events'])
})

test('a lost connection is tried again, later each time, and what was left out is told', async () => {
  const waits: number[] = []
  let asked = 0
  const base = await standIn((outgoing) => {
    asked++
    if (asked === 2 || asked === 3) return void outgoing.destroy()
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
    outgoing.end('event: missed\ndata: {"count":412}\n\n')
  })
  const abort = new AbortController()
  const told: Told[] = []
  const wait = async (milliseconds: number) => void waits.push(milliseconds)
  for await (const one of followEvents({ base, token: TOKEN, filter: {}, signal: abort.signal, wait })) {
    told.push(one)
    if (asked === 4 && one.is === 'missed') abort.abort()
  }
  expect(waits).toEqual([1_000, 2_000, 4_000])
  expect(told.map(({ is }) => is)).toEqual(['open', 'missed', 'lost', 'lost', 'lost', 'open', 'missed'])
  expect(told[1]).toEqual({ is: 'missed', count: 412 })
})

test('a line is cut to the width of a terminal, and shows signs that would move its cursor', () => {
  const event = {
    time: Date.UTC(2026, 10, 22, 12, 1, 7, 123),
    outcome: 'accepted',
    name: 'view_item',
    alias: 'k7f3q2',
    properties: { item_id: '\u001b[2J', title: 'x'.repeat(200) },
  } as const
  expect(renderEvent(event, plain, 80)).toBe(
    '12:01:07.123  accepted   view_item           k7f3q2  item_id="\\u001b[2J"  title…',
  )
  expect(renderEvent(event, plain, Number.POSITIVE_INFINITY)).toContain('x'.repeat(200))
  const nameless = { time: 0, outcome: 'rejected', name: null, reason: 'consent', message: 'No.' } as const
  expect(renderEvent(nameless, plain, 200)).toBe(
    '00:00:00.000  rejected   –                           consent: No.',
  )
})

test('who told a trait is shown where it was not a browser, and nothing that we wrote into it', async () => {
  const folder = makeSite()
  const traits = { tier: { type: 'string', sources: { crm: 3, browser: 1 } } } as const
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(makeRuleset({ traits })))
  const secret = 'a secret that our own servers sign with'
  const { base } = await startServing([], { folder, env: { ATTUNE_KEYS, ATTUNE_SERVER_SECRET: secret } })
  const { out, err, stop, ended } = run(['--url', base])
  await expect.poll(err, PATIENCE).toContain('Connected.')
  const sender = createIdentitySender({ endpoint: `${base}/attune/identify`, secret })
  const told = { userId: 'user 7', consent: { preferences: true }, traits: { tier: 'gold' }, source: 'crm' }
  expect((await sender.tell(told)).status).toBe(200)
  await expect.poll(out, PATIENCE).toContain('identify')
  stop('SIGINT')
  expect(await ended).toBe(0)
  expect(out()).toMatch(/accepted {3}identify {12}[\w-]{6} {2}from crm {2}tier="gold"\n$/)
})
