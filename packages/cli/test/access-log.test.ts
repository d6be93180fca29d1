import { expect, test } from 'vitest'
import { createAccessLogSource } from '../src/replay/access-log.ts'
import { parseCombined } from '../src/replay/parse-combined.ts'
import { createPseudonym } from '../src/replay/pseudonym.ts'
import type { ReplayEvent } from '../src/replay/replay-event.ts'
import { chunksOf } from './support/make-io.ts'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:38.0) Gecko/20100101 Firefox/38.0'
const names = { visitor: createPseudonym('key', 'visitor'), event: createPseudonym('key', 'event') }

function makeLine({
  address = '203.0.113.7',
  stamp = '17/May/2015:10:05:03 +0000',
  request = 'GET /blog/?q=secret HTTP/1.1',
  status = '200',
  referrer = 'https://www.example.org/search?q=private',
  agent = BROWSER,
} = {}): string {
  return `${address} - - [${stamp}] "${request}" ${status} 512 "${referrer}" "${agent}"`
}

async function readLog(...lines: readonly string[]) {
  const source = createAccessLogSource(chunksOf(lines.join('\n')), names)
  const events: ReplayEvent[] = []
  for await (const some of source.read()) events.push(...some)
  return { events, records: source.records(), leftOut: Object.fromEntries(source.leftOut()) }
}

test('a line in the combined format is read, times as instants', () => {
  expect(parseCombined(makeLine({ stamp: '17/May/2015:10:05:03 +0230' }))).toEqual({
    address: '203.0.113.7',
    time: Date.UTC(2015, 4, 17, 7, 35, 3),
    method: 'GET',
    target: '/blog/?q=secret',
    status: 200,
    referrer: 'https://www.example.org/search?q=private',
    userAgent: BROWSER,
  })
})

test.each([
  ['a dash for referrer and agent', makeLine({ referrer: '-', agent: '-' })],
  ['quotes escaped in the agent', makeLine({ agent: String.raw`a \"b\" c` })],
  ['a user with spaces', makeLine().replace('- -', '- john smith')],
  ['fields after the agent', `${makeLine()} "upstream" 0.123`],
  ['an IPv6 address', makeLine({ address: '2001:db8::1' })],
  ['a request of HTTP/0.9', makeLine({ request: 'GET /' })],
])('%s is still the combined format', (_, line) => {
  expect(parseCombined(line)).toBeDefined()
})

test.each([
  ['the common format', '203.0.113.7 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 512'],
  ['an agent that is cut off', makeLine().slice(0, -1)],
  ['a 31 February', makeLine({ stamp: '31/Feb/2015:10:05:03 +0000' })],
  ['25 o’clock', makeLine({ stamp: '17/May/2015:25:05:03 +0000' })],
  ['an unknown month', makeLine({ stamp: '17/Mai/2015:10:05:03 +0000' })],
  ['a request of noise', makeLine({ request: String.raw`\x16\x03\x01` })],
  ['nothing', ''],
])('%s is not', (_, line) => {
  expect(parseCombined(line)).toBeUndefined()
})

test('hostile lines take time linear in their length', () => {
  const lines = [
    '"\\'.repeat(30_000),
    `x ${'- ['.repeat(20_000)}`,
    `${makeLine().slice(0, -1)}${'\\a'.repeat(30_000)}`,
  ]
  for (const line of lines) expect(parseCombined(line)).toBeUndefined()
})

test('a page that was shown is a page_view without address, query or referrer’s path', async () => {
  const { events, leftOut } = await readLog(makeLine())
  expect(events).toEqual([
    {
      visitor: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      name: 'page_view',
      time: Date.UTC(2015, 4, 17, 10, 5, 3),
      properties: { page_path: '/blog/', page_referrer: 'www.example.org' },
      userAgent: BROWSER,
    },
  ])
  expect(leftOut).toEqual({})
})

test('what is no page that somebody saw is left out and counted', async () => {
  const { records, leftOut, events } = await readLog(
    makeLine({ request: 'GET /style.css?v=2 HTTP/1.1' }),
    makeLine({ request: 'GET /favicon.ico HTTP/1.1' }),
    makeLine({ request: 'POST / HTTP/1.1' }),
    makeLine({ status: '404' }),
    makeLine({ status: '304' }),
    'noise',
    `${'x'.repeat(70_000)}`,
  )
  expect(records).toBe(7)
  expect(leftOut).toEqual({ 'not-a-page': 2, 'not-get': 1, 'no-page-sent': 1, malformed: 1, 'too-long': 1 })
  expect(events).toHaveLength(1)
})

test.each([
  ['https://shop.test/a?b', '/a'],
  ['https://shop.test', '/'],
  ['/a#b', '/a'],
  ['*', '*'],
])('the path of %s is %s', async (target, path) => {
  const { events } = await readLog(makeLine({ request: `GET ${target} HTTP/1.1`, referrer: '-' }))
  expect(events[0]?.properties).toEqual({ page_path: path })
})

test('one visitor is one address with one agent', async () => {
  const { events } = await readLog(
    makeLine(),
    makeLine(),
    makeLine({ address: '203.0.113.8' }),
    makeLine({ agent: 'other' }),
  )
  expect(new Set(events.map(({ visitor }) => visitor)).size).toBe(3)
  expect(events[0]?.visitor).toBe(events[1]?.visitor)
})

test('two equal lines are two events, and reading a file again gives the same ids', async () => {
  const once = await readLog(makeLine(), makeLine())
  const again = await readLog(makeLine(), makeLine())
  expect(new Set(once.events.map(({ id }) => id)).size).toBe(2)
  expect(again.events).toEqual(once.events)
})

test('under another key nobody is called the same', () => {
  const other = createPseudonym('other key', 'visitor')
  expect(other('203.0.113.7', 'a')).not.toBe(names.visitor('203.0.113.7', 'a'))
  expect(names.event('203.0.113.7', 'a')).not.toBe(names.visitor('203.0.113.7', 'a'))
  expect(names.visitor('a', 'bc')).not.toBe(names.visitor('ab', 'c'))
})
