import http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PageCache, startPageCache } from '../support/page-cache.ts'
import { leaksOf } from '../support/page-cache-leaks.ts'
import { complaintsOf, type Looker, lookersOf, PAGES, startLeakySite } from '../support/page-cache-stage.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { keyOf, keysOf, marksOf } from '../support/wordpress-stage.ts'

let site: WordPressSite
let cache: PageCache
let nobody: Looker
// Those who bring their key, as browsers write it.
let keen: Looker
let german: Looker
let keenKey: string

beforeAll(async () => {
  site = await startLeakySite(['ATTUNE_PROXY_KEYS'])
  cache = await startPageCache(site, 'segments')
  console.log(`pages are kept by ${cache.name}, keyed on segments`)
  const { hash, keys } = await keysOf(site)
  const lookers = lookersOf(site)
  nobody = lookers.nobody
  keenKey = keyOf(hash, keys, { keen: true, germany: false })
  const germanKey = keyOf(hash, keys, { keen: false, germany: true })
  keen = { ...lookers.a, cookies: `${lookers.a.cookies}; attune_k=${keenKey}` }
  german = { ...lookers.b, cookies: `${lookers.b.cookies}; attune_k=${germanKey}` }
})
afterAll(async () => {
  await cache?.stop()
  await site?.stop()
})

/** What somebody is shown, and whether the cache had it. Nothing of another's, and no cookie, is with it. */
async function see(looker: Looker, path: string): Promise<readonly [string | null, readonly string[]]> {
  const answer = await cache.fetch(path, looker)
  const html = await answer.text()
  const kept = leaksOf(looker, path, answer, html).filter(
    (leak) => !leak.includes('on a page that caches keep'),
  )
  expect(kept).toEqual([])
  return [answer.headers.get('x-cache'), marksOf(html)]
}

test('each is given the page of their segments, from the cache, again and again', async () => {
  const path = '/inline/?of=segments'
  for (const [looker, mark] of [
    [keen, 'MARK-KEEN'],
    [german, 'MARK-GERMANY'],
    [nobody, 'MARK-DEFAULT'],
  ] as const)
    expect(await see(looker, path)).toEqual(['MISS', [mark]])
  for (let turn = 0; turn < 100; turn++) {
    expect(await see(keen, path)).toEqual(['HIT', ['MARK-KEEN']])
    expect(await see(german, path)).toEqual(['HIT', ['MARK-GERMANY']])
    expect(await see(nobody, path)).toEqual(['HIT', ['MARK-DEFAULT']])
  }
})

test('what is confidential, or one visitor’s, is on no page that is kept under a key', async () => {
  for (const name of Object.keys(PAGES)) {
    for (const looker of [keen, german, nobody]) {
      await see(looker, `/${name}/`)
      const [hit, marks] = await see(looker, `/${name}/`)
      if (hit === 'HIT') expect(marks.filter((mark) => /SECRET|WHO-/.test(mark))).toEqual([])
    }
  }
})

test('an editor who is logged in is neither given a page that was kept nor does theirs stay', async () => {
  const { cookies } = await site.login('editor')
  const answer = await cache.fetch('/inline/?by=editor', { cookies: `${cookies}; attune_k=${keenKey}` })
  expect(answer.headers.get('x-cache')).not.toBe('HIT')
  expect(await answer.text()).toContain('wpadminbar')
  const after = await cache.fetch('/inline/?by=editor', keen)
  expect(await after.text()).not.toContain('wpadminbar')
})

/** Sends the headers as they are, each on a line of its own. */
function send(path: string, lines: readonly (readonly [string, string])[]): Promise<unknown> {
  const { host } = new URL(site.origin)
  const headers = [['Host', host], ['User-Agent', nobody.headers['user-agent']!], ...lines].flat()
  return new Promise((resolve, reject) => {
    const asked = http.request(new URL(path, cache.origin), { headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.headers))
    })
    asked.on('error', reject).end()
  })
}

describe('whoever is the first to ask decides nothing for others by', () => {
  const cookie = (write: (key: string) => string) => () => [['Cookie', write(keenKey)]] as const
  const cases: Readonly<Record<string, () => readonly (readonly [string, string])[]>> = {
    'a name in capitals': cookie((key) => `ATTUNE_K=${key}`),
    'a space behind the key': cookie((key) => `attune_k=${key} ; x=1`),
    'spaces around the sign': cookie((key) => `attune_k = ${key}; x=1`),
    'a tab before the name': cookie((key) => `x=1;\tattune_k=${key}`),
    'no space between cookies': cookie((key) => `x=1;attune_k=${key}`),
    'two keys': cookie((key) => `attune_k=${key}; attune_k=v1.000000.AAAAAAAAAAA`),
    'the same key twice': cookie((key) => `attune_k=${key}; attune_k=${key}`),
    'a key that is none first': cookie((key) => `attune_k=junk; attune_k=${key}`),
    quotes: cookie((key) => `attune_k="${key}"`),
    'a key with an escape': cookie((key) => `attune_k=${key.replace('.', '%2e')}`),
    'a name with an escape': cookie((key) => `attune%5Fk=${key}`),
    'a name that PHP makes ours': cookie((key) => `attune.k=${key}`),
    'a list': cookie((key) => `attune_k[]=${key}`),
    commas: cookie((key) => `x=1, attune_k=${key}`),
    'another spelling of the last letter': cookie((key) => `attune_k=${key.slice(0, -1)}B`),
    'eight kilobytes around it': cookie((key) => `x=${'y'.repeat(7_000)}; attune_k=${key}`),
    'two lines of cookies, ours first': () => [
      ['Cookie', `attune_k=${keenKey}`],
      ['Cookie', 'x=1'],
    ],
    'two lines of cookies, ours last': () => [
      ['Cookie', 'x=1'],
      ['Cookie', `attune_k=${keenKey}`],
    ],
    'the header of the cache, without a cookie': () => [['X-Attune-Segment', keenKey]],
    'the header of the cache, in capitals': () => [['X-ATTUNE-SEGMENT', keenKey]],
    'the header of the cache, with underscores': () => [['X_Attune_Segment', keenKey]],
    'the header of the cache and a cookie that is no key': () => [
      ['X-Attune-Segment', keenKey],
      ['Cookie', 'attune_k=v1.000000.AAAAAAAAAAA'],
    ],
  }

  test.each(Object.entries(cases).map(([name, lines], at) => [name, lines, at] as const))(
    '%s',
    async (_, lines, at) => {
      const path = `/inline/?case=${at}`
      await send(path, lines())
      expect((await see(nobody, path))[1]).toEqual(['MARK-DEFAULT'])
      expect((await see(keen, path))[1]).toEqual(['MARK-KEEN'])
      expect((await see(german, path))[1]).toEqual(['MARK-GERMANY'])
    },
  )
})

test('nothing went wrong on the way, and nobody began a session', () => {
  expect(complaintsOf(site)).toEqual([])
})
