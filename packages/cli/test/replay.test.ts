import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { replay } from '../src/commands/replay.ts'
import { main } from '../src/main.ts'
import type { ReplayReport } from '../src/replay/build-report.ts'
import { makeFolder } from './support/make-folder.ts'
import { type IoOptions, makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'

const SECRET = 'a secret of more than thirty-two characters'
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:38.0) Gecko/20100101 Firefox/38.0'
const CRAWLER = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

const line = (address: string, day: number, time: string, path: string, agent = BROWSER) =>
  `${address} - - [${day}/May/2015:${time} +0000] "GET ${path} HTTP/1.1" 200 9 "-" "${agent}"`

const LOG = [
  line('203.0.113.1', 17, '10:00:00', '/'),
  line('203.0.113.1', 17, '10:10:00', '/blog/'),
  line('203.0.113.1', 17, '10:10:01', '/style.css'),
  line('203.0.113.2', 18, '09:00:00', '/'),
  line('203.0.113.3', 18, '09:30:00', '/', CRAWLER),
  line('203.0.113.1', 20, '10:00:00', '/projects/'),
  'noise',
].join('\n')

const INVOICES = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '536365,85123A,"HOLDER, WHITE",6,2010-12-01 08:26:00,2.55,17850,United Kingdom',
  '536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom',
  'C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527,United Kingdom',
  '536544,21773,BOTTLE,1,2010-12-01 14:32:00,2.51,,United Kingdom',
  '536370,22728,CLOCK,24,2011-06-01 08:45:00,3.75,12583,France',
].join('\n')

const mappingFile = new URL('../examples/online-retail.mapping.json', import.meta.url)

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function run(args: readonly string[], around: IoOptions = {}): Promise<Ran> {
  const { io, out, err } = makeIo(around)
  const code = await main(['replay', ...args], [replay], io, '1')
  return { code, out: out(), err: err() }
}

async function reportOf(args: readonly string[], around: IoOptions = {}): Promise<ReplayReport> {
  const { code, out, err } = await run([...args, '--json'], around)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

const sizesOf = ({ segments }: ReplayReport) =>
  Object.fromEntries(segments.map(({ key, match }) => [key, match]))

test('an access log is replayed: pages are events, bots are refused, segments are sized at the newest event', async () => {
  const folder = makeFolder({ 'access.log': LOG })
  const report = await reportOf([join(folder, 'access.log')])
  expect(report).toMatchObject({
    ruleset: 'replay-access-log.1',
    unit: 'line',
    records: 7,
    leftOut: [
      { name: 'not-a-page', count: 1 },
      { name: 'malformed', count: 1 },
    ],
    events: {
      sent: 5,
      accepted: 4,
      duplicates: 0,
      rejected: [{ name: 'bot', count: 1 }],
      names: [{ name: 'page_view', count: 4, value: null }],
    },
    visitors: 2,
    bots: 1,
    sessions: 3,
    oldest: Date.UTC(2015, 4, 17, 10),
    newest: Date.UTC(2015, 4, 20, 10),
  })
  expect(sizesOf(report)).toEqual({
    'one-page': 1,
    'few-pages': 1,
    'many-pages': 0,
    'broad-interest': 1,
    'from-search': 0,
    'last-day': 1,
    'came-back': 1,
    'went-quiet': 1,
  })
})

test('who sent no user agent is no browser', async () => {
  const folder = makeFolder({ log: line('203.0.113.9', 17, '10:00:00', '/', '-') })
  const { events } = await reportOf([join(folder, 'log')])
  expect(events).toMatchObject({ accepted: 0, rejected: [{ name: 'bot', count: 1 }] })
})

test('gzip is known by its bytes, and gives the same report', async () => {
  const folder = makeFolder({ plain: LOG, packed: gzipSync(LOG) })
  const [plain, packed] = [await reportOf([join(folder, 'plain')]), await reportOf([join(folder, 'packed')])]
  expect({ ...packed, file: plain.file }).toEqual(plain)
})

test('a CSV is replayed by its mapping: rows of an invoice are one purchase of their sum', async () => {
  const folder = makeFolder({ 'orders.csv': INVOICES, 'mapping.json': readFileSync(mappingFile) })
  const report = await reportOf([join(folder, 'orders.csv'), '--mapping', join(folder, 'mapping.json')])
  expect(report).toMatchObject({
    unit: 'row',
    records: 5,
    leftOut: [{ name: 'cancellation', count: 1 }],
    events: {
      sent: 3,
      accepted: 2,
      rejected: [{ name: 'no-visitor', count: 1 }],
      names: [{ name: 'purchase', count: 2, value: 125.64 }],
    },
    visitors: 2,
    newest: Date.UTC(2011, 5, 1, 7, 45),
  })
  expect(sizesOf(report)).toMatchObject({ once: 2, loyal: 0, active: 1, lapsed: 1 })
})

test('a ruleset of one’s own says which events there are', async () => {
  const rules = JSON.stringify(
    makeRuleset({ events: { view_item: {}, purchase: { properties: { value: 'number' } } } }),
  )
  const folder = makeFolder({ 'orders.csv': INVOICES, 'rules.json': rules, log: LOG })
  const named = ['--ruleset', join(folder, 'rules.json')]
  const orders = await reportOf([join(folder, 'orders.csv'), '--mapping', mappingFile.pathname, ...named])
  expect(orders).toMatchObject({ ruleset: 'test.1', events: { accepted: 2 } })
  const log = await reportOf([join(folder, 'log'), ...named])
  expect(log.events.rejected).toEqual([
    { name: 'unknown-event', count: 4 },
    { name: 'bot', count: 1 },
  ])
  expect(log).toMatchObject({ visitors: 0, oldest: null, newest: null, segments: [] })
})

test('without consent to preferences events stand alone and nobody has a segment', async () => {
  const folder = makeFolder({ log: LOG })
  const report = await reportOf([join(folder, 'log'), '--consent', 'statistics'])
  expect(report.events).toMatchObject({ accepted: 0 })
  expect(report.events.rejected).toContainEqual({ name: 'consent', count: 4 })
  expect(report.segments).toEqual([])
})

test('the same file into the same database is all duplicates, and holds no address', async () => {
  const folder = makeFolder({ log: LOG })
  const data = join(folder, 'data')
  const args = [join(folder, 'log'), '--store', 'sqlite', '--data', data, '--consent', 'preferences']
  const env = { ATTUNE_SECRET: SECRET }
  expect((await reportOf(args, { env })).events).toMatchObject({ accepted: 4, duplicates: 0 })
  expect((await reportOf(args, { env })).events).toMatchObject({ accepted: 0, duplicates: 4 })
  const database = readFileSync(join(data, 'attune.db')).toString('latin1')
  expect(database).not.toContain('203.0.113.')
  expect(database).not.toContain('Firefox')
})

test('people read tables and bars, no wider than their terminal', async () => {
  const folder = makeFolder({ log: LOG })
  const { out } = await run([join(folder, 'log')], { columns: 60 })
  expect(out).toContain('  visitors   2\n  sessions   3\n  bots       1 visitor, 1 event\n')
  expect(out).toContain('  accepted        4   80.0 %\n')
  expect(out).toContain('Segments of 2 visitors at 2015-05-20T10:00:00Z\n')
  expect(out).toMatch(/^ {2}last-day +█+ +50\.0 %$/m)
  const [, after] = out.split('Lines that became no event')
  expect(Math.max(...after!.split('\n').map((text) => text.length))).toBeLessThanOrEqual(60)
})

test('on a terminal the bar is drawn on standard error and taken away', async () => {
  const folder = makeFolder({ log: LOG })
  const { out, err } = await run([join(folder, 'log')], { isTTY: true, env: { NO_COLOR: '1' }, columns: 90 })
  expect(err).toMatch(/^\r▕█/)
  expect(err.endsWith('\r\u001b[K')).toBe(true)
  expect(out).not.toContain('\u001b')
})

test.each([
  [['nowhere.log'], 'There is no file "nowhere.log". Check the path.'],
  [['.'], '"." is a folder. Name a file in it.'],
  [['x.csv'], 'A CSV needs --mapping <file>'],
  [['x.log', '--format', 'csv'], 'A CSV needs --mapping <file>'],
  [['x.log', '--format', 'common'], '--format is "common". Choose one of combined, csv.'],
  [['x.log', '--format', 'combined', '--mapping', 'm'], '--mapping is for a CSV.'],
  [['x.csv', '--mapping', 'nowhere.json'], 'There is no file "nowhere.json".'],
  [['x.log', '--store', 'sqlite'], '--store sqlite needs --data <folder>'],
  [['x.log', '--data', 'd'], '--data is for --store sqlite.'],
  [['x.log', '--store', 'sqlite', '--data', 'd'], 'Say what they granted: --consent preferences.'],
  [['x.log', '--consent', 'preference'], '--consent names "preference". Did you mean preferences?'],
  [['x.log', '--store', 'sqlite', '--data', 'd', '--consent', 'preferences'], 'ATTUNE_SECRET is not set.'],
  [['x.log', '--ruleset', 'nowhere.json'], 'The file nowhere.json cannot be read'],
])('%j is refused with the cure and exit code 2', async (args, message) => {
  const { code, out, err } = await run(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(message)
})

test('a damaged gzip file, a bad mapping and a bad ruleset say so', async () => {
  const folder = makeFolder({
    'cut.gz': gzipSync(LOG.repeat(100)).subarray(0, 200),
    'bad.json': '{"event":"purchase"}',
    'rules.json': '{"version":1}',
    'x.csv': INVOICES,
  })
  const at = (name: string) => join(folder, name)
  expect((await run([at('cut.gz')])).err).toContain('is a damaged gzip file. Fetch it again.')
  expect((await run([at('x.csv'), '--mapping', at('bad.json')])).err).toContain(
    '$.visitor: Give the heading of a column.',
  )
  expect((await run([at('x.csv'), '--ruleset', at('rules.json')])).err).toContain(
    'is not sound. $.revision: ',
  )
})

test('an empty log is no trouble', async () => {
  const folder = makeFolder({ log: '' })
  expect(await reportOf([join(folder, 'log')])).toMatchObject({
    records: 0,
    events: { sent: 0 },
    segments: [],
  })
})
