import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, onTestFinished, test } from 'vitest'
import type { Collector, ConsentRecorder } from '../../packages/collector/src/index.ts'
import type { ConsentLog, SharedAnswers } from '../../packages/storage/src/consent.ts'
import { ENGLISH, readTexts } from '../../packages/tracker/src/consent/banner/texts.ts'
import { grantedByGoogle } from '../../packages/tracker/src/consent/follow/follow-google.ts'
import { grantedByTcf } from '../../packages/tracker/src/consent/follow/follow-tcf.ts'
import { NO_REDIS, startRedis } from '../support/redis.ts'
import { guideRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const page = readPage('docs/guide/consent.md')
const examples = blocksOf(page).filter(({ info }) => info === 'ts')
const [gpc, regions, proof, reading, sharing] = examples.map(({ text }) => text)

const MODULES: { readonly [name: string]: () => Promise<unknown> } = {
  '@attune/collector': () => import('../../packages/collector/src/index.ts'),
  '@attune/next/consent-route': () => import('../../packages/next/src/consent-route.ts'),
  '@attune/storage/consent': () => import('../../packages/storage/src/consent.ts'),
  '@attune/storage/redis': () => import('../../packages/storage/src/redis.ts'),
  '@attune/storage/consent-sqlite': () => import('../../packages/storage/src/consent-sqlite.ts'),
}

function run<Named>(
  text: string,
  given: object = {},
  env: { readonly [name: string]: string } = {},
): Promise<Named> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const site = {
    ruleset: guideRuleset(),
    secret: 'a-secret-of-at-least-thirty-two-characters',
    store: createMemoryStore(),
  }
  return runExample(text, { modules: MODULES, given: { ...site, folder, ...given }, env })
}

function post(address: string, headers: Record<string, string>, body: object): Request {
  const all = {
    host: 'shop.example',
    origin: 'https://shop.example',
    'content-type': 'application/json',
    ...headers,
  }
  return new Request(`https://shop.example${address}`, {
    method: 'POST',
    headers: all,
    body: JSON.stringify(body),
  })
}

test('the page has five examples', () => {
  expect(examples).toHaveLength(5)
})

test('the well-known document', async () => {
  // `export const { GET } = …` names two things at once.
  const { route } = await run<{ route: { GET(): Response } }>(gpc!.replace('const { GET }', 'const route'))
  expect(await route.GET().json()).toEqual({ gpc: true, lastUpdate: '2026-11-22' })
})

test('regions: who was not asked is remembered where the table says so', async () => {
  const { collector } = await run<{ collector: Collector }>(regions!)
  const event = { id: 'a'.repeat(20), name: 'view_item', time: Date.now(), properties: {} }
  const accepted = async (country?: string): Promise<number> => {
    const headers = {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0',
      ...(country === undefined ? {} : { 'cf-ipcountry': country }),
    }
    const answer = await collector.handle(
      post('/attune/collect', headers, { sent: Date.now(), events: [event] }),
    )
    return (await answer.json()).accepted
  }
  expect([await accepted('US'), await accepted('DE'), await accepted()]).toEqual([1, 0, 0])
})

test('proof: a row is kept, read and erased', async () => {
  const { recorder, log } = await run<{ recorder: ConsentRecorder; log: ConsentLog }>(proof!)
  onTestFinished(() => log.close())
  const said = { cookie: 'attune_consent=preferences' }
  const answer = await recorder.handle(post('/attune/consent', said, { by: 'accept', text: '2026-11' }))
  expect(answer.status).toBe(204)
  const visitor = 'somebody-else'
  const answers = await run<{ rows: unknown[]; everybody: unknown[]; erased: number; swept: number }>(
    reading!,
    {
      recorder,
      log,
      visitor,
    },
  )
  expect(answers).toMatchObject({
    rows: [],
    everybody: [{ by: 'accept', granted: ['preferences'] }],
    erased: 0,
    swept: 0,
  })
})

test('the German texts take the place of the English ones that they name', () => {
  const [, json] = /texts='([^']+)'/.exec(page.text) ?? []
  const texts = readTexts(json!)
  expect([texts.title, texts.purposes.statistics.name]).toEqual([
    'Dürfen wir uns Ihren Besuch merken?',
    'Statistik',
  ])
  expect(texts.purposes.marketing).toEqual(ENGLISH.purposes.marketing)
})

test('the table of answers is what the followers do', () => {
  const rows = [...page.text.matchAll(/^\| `([\w-]+)` \| ([\d, ]+) \| (`.*`) \|$/gm)]
  expect(rows.map(([, purpose]) => purpose)).toEqual([
    'preferences',
    'statistics',
    'statistics-anonymous',
    'marketing',
  ])
  for (const [, purpose = '', ids = '', signals = ''] of rows) {
    const consents = Object.fromEntries(ids.split(', ').map((id) => [id, true]))
    const states = Object.fromEntries(
      signals
        .replaceAll('`', '')
        .split(', ')
        .map((name) => [name, 'granted'] as const),
    )
    expect(Object.entries(grantedByTcf({ purpose: { consents } }))).toContainEqual([purpose, true])
    expect(Object.entries(grantedByGoogle(states))).toContainEqual([purpose, true])
    for (const id of Object.keys(consents)) {
      const less = { purpose: { consents: { ...consents, [id]: false } } }
      expect(Object.entries(grantedByTcf(less)), `${purpose} without ${id}`).toContainEqual([purpose, false])
    }
  }
})

test.skipIf(NO_REDIS)('several machines: what one of them hears the others read', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.stop())
  const recorder = { pseudonyms: (visitor: string) => [`of ${visitor}`] }
  type Shared = { log: ConsentLog; answers: SharedAnswers; last: unknown }
  const example = sharing!.replace('REDIS_URL })', 'REDIS_URL, timeout: 5_000 })')
  const { log, answers, last } = await run<Shared>(
    example,
    { recorder, visitor: 'v' },
    { REDIS_URL: redis.url },
  )
  onTestFinished(() => log.close())
  expect(last).toBeUndefined()
  const row = { time: 1, granted: [], text: '', by: 'refuse', region: null, globalPrivacyControl: false }
  await log.append({ ...row, pseudonym: 'of v' })
  expect(await answers.read(['of v'])).toEqual({ time: 1, granted: [] })
})
