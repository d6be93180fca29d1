import { join } from 'node:path'
import { createSqliteConsentLog } from '@attune/storage/consent-sqlite'
import { createSqliteStore } from '@attune/storage/sqlite'
import { expect, test, vi } from 'vitest'
import { REGIONS, ROWS, SAID, type TruthRow } from '../../collector/test/consent/truth-table.ts'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { makeFolder } from './support/make-folder.ts'
import { makeIo } from './support/make-io.ts'
import { makeRuleset } from './support/make-ruleset.ts'
import { BROWSER, makeSite, SECRET, startServing } from './support/start-serving.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const PURPOSES = ['preferences', 'statistics', 'statistics-anonymous', 'marketing'] as const
const PLACE = ['--country-header', 'CF-IPCountry', '--region-header', 'CF-Region-Code']

/** A site with one event of each purpose, named after it. */
function makeSiteOfPurposes(): string {
  const events = Object.fromEntries(PURPOSES.map((purpose) => [nameOf(purpose), { purpose }]))
  const ruleset = makeRuleset({ events: { ...makeRuleset().events, ...events } })
  return makeFolder({ 'rules.json': JSON.stringify(ruleset) })
}

function nameOf(purpose: string): string {
  return `of_${purpose.replace('-', '_')}`
}

/** What the collector takes of a visitor who said `said` in a region: purposes, or `-`. */
async function takenOf(
  base: string,
  { said, region }: Pick<TruthRow, 'said' | 'region'>,
  headers: { readonly [name: string]: string },
): Promise<string> {
  const [country, part] = REGIONS[region]?.split('-') ?? []
  const cookie = SAID[said] === undefined ? 'other=1' : `attune_consent=${SAID[said]}`
  const events = PURPOSES.map((purpose) => ({
    id: `${crypto.randomUUID()}`,
    name: nameOf(purpose),
    time: Date.now(),
    properties: {},
  }))
  const answer = await fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      cookie,
      ...(country && { 'cf-ipcountry': country }),
      ...(part && { 'cf-region-code': part }),
      ...headers,
    },
    body: JSON.stringify({ sent: Date.now(), events }),
  })
  const { rejected }: { rejected: { index: number; reason: string }[] } = await answer.json()
  expect(rejected.filter(({ reason }) => reason !== 'consent')).toEqual([])
  const refused = new Set(rejected.map(({ index }) => index))
  return PURPOSES.filter((_, index) => !refused.has(index)).join(' ') || '-'
}

const UNASKED = ['--unasked', 'US=preferences,statistics-anonymous', ...PLACE]

test('a running collector takes what the truth table grants, by signal, answer and region', async () => {
  const { base } = await startServing(UNASKED, { folder: makeSiteOfPurposes() })
  const taken = await Promise.all(ROWS.map((row) => takenOf(base, row, row.gpc ? { 'sec-gpc': '1' } : {})))
  expect(ROWS.map((row, at) => ({ ...row, granted: taken[at] }))).toEqual(ROWS)
})

test('Do Not Track is like Global Privacy Control with --do-not-track obey, and nothing without', async () => {
  const obeying = await startServing([...UNASKED, '--do-not-track', 'obey'], { folder: makeSiteOfPurposes() })
  const other = await startServing(UNASKED, { folder: makeSiteOfPurposes() })
  const takenAt = (base: string) =>
    Promise.all(ROWS.map((row) => takenOf(base, row, row.gpc ? { dnt: '1' } : {})))
  expect(await takenAt(obeying.base)).toEqual(ROWS.map(({ granted }) => granted))
  const silent = (row: TruthRow) =>
    ROWS.find(({ gpc, said, region }) => !gpc && said === row.said && region === row.region)
  expect(await takenAt(other.base)).toEqual(ROWS.map((row) => silent(row)?.granted))
})

test('without --unasked nobody who was not asked grants anything; with it everywhere, but where a region says less', async () => {
  const strict = await startServing(PLACE, { folder: makeSiteOfPurposes() })
  const options = ['--unasked', 'statistics', '--unasked', 'US-CA=none', ...PLACE]
  const lenient = await startServing(options, { folder: makeSiteOfPurposes() })
  const asked = (base: string, region: TruthRow['region']) => takenOf(base, { said: 'not asked', region }, {})
  expect([await asked(strict.base, 'unknown'), await asked(strict.base, 'may wait for a no')]).toEqual([
    '-',
    '-',
  ])
  expect(await asked(lenient.base, 'unknown')).toBe('statistics')
  expect(await asked(lenient.base, 'asks first')).toBe('statistics')
  expect(await asked(lenient.base, 'may wait for a no')).toBe('-')
})

test('where the visitor was when they answered stands in the proof', async () => {
  const folder = makeSite()
  const { base, end } = await startServing(PLACE, { folder })
  const answer = await fetch(`${base}/attune/consent`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      origin: base,
      cookie: 'attune_consent=statistics',
      'cf-ipcountry': 'US',
      'cf-region-code': 'CA',
    },
    body: JSON.stringify({ by: 'accept', text: '2026-11' }),
  })
  expect(answer.status).toBe(204)
  await end()
  const log = createSqliteConsentLog({ path: join(folder, 'data', 'consent.db') })
  const rows = await log.read()
  await log.close()
  expect(rows.map(({ region }) => region)).toEqual(['US-CA'])
})

test('a parameter of addresses that is named is kept beside those of campaigns', async () => {
  const ruleset = makeRuleset({
    events: { view_item: { properties: { page_location: 'string' } }, purchase: {} },
  })
  const folder = makeFolder({ 'rules.json': JSON.stringify(ruleset) })
  const { base, end } = await startServing(['--keep-parameter', 'variant'], { folder })
  const page = 'https://shop.example/boots?variant=red&utm_source=mail&session=abc'
  const answer = await fetch(`${base}/attune/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': BROWSER,
      'attune-ask': 'visitor',
      cookie: 'attune_consent=preferences',
    },
    body: JSON.stringify({
      sent: Date.now(),
      events: [{ id: 'event-1', name: 'view_item', time: Date.now(), properties: { page_location: page } }],
    }),
  })
  const { accepted, visitor } = await answer.json()
  expect(accepted).toBe(1)
  await end()
  const store = createSqliteStore({ path: join(folder, 'data', 'attune.db') })
  const kept = JSON.stringify(await store.exportVisitor(visitor))
  await store.close()
  expect(kept).toContain('https://shop.example/boots?variant=red&utm_source=mail')
  expect(kept).not.toContain('session')
})

test.each([
  [['--unasked', 'preference'], '--unasked names "preference". Did you mean preferences?'],
  [['--unasked', 'preferences,none'], '--unasked names "none"'],
  [['--unasked', 'usa=statistics'], '--unasked names the region "usa". Write a country, US,'],
  [['--unasked', 'statistics', '--unasked', 'preferences'], '--unasked stands twice for everywhere'],
  [
    ['--unasked', 'US=statistics'],
    'nothing says where visitors are. Name the header that does: --country-header',
  ],
  // What pages with live placements are decided by is no header that anybody named.
  [['--unasked', 'US=statistics', '--sockets'], 'nothing says where visitors are'],
  [['--do-not-track', 'yes'], '--do-not-track is "yes". Choose one of obey, ignore.'],
  [['--country-header', 'CF IPCountry'], '--country-header is "CF IPCountry". Name a request header'],
  [['--region-header', 'CF-Region-Code'], '--region-header is for --country-header'],
  [['--keep-parameter', 'a=b'], '--keep-parameter is "a=b". Give the name of one parameter'],
])('%j keeps the server from starting, and says why', async (options, message) => {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET } })
  expect(await main(['serve', '--ruleset', 'nowhere.json', ...options], [serve], io, '1')).toBe(2)
  expect(err()).toContain(message)
})
