import type { Ruleset } from '@attune/core'
import { readLanguage } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { buildContext, type ContextSource } from '../src/context/build-context.ts'
import { GEO_PRESETS } from '../src/context/geo.ts'
import { neededContext } from '../src/context/needed-context.ts'
import { zoneOffsetMinutes } from '../src/context/zone-offset.ts'
import { NOW } from './make.ts'

const ALL = {
  groups: new Set([
    'geo',
    'device',
    'language',
    'url',
    'query',
    'utm',
    'referrer',
    'visitor',
    'session',
    'utcOffset',
    'trait',
    'constructor',
  ]),
  query: ['ref', '__proto__'],
}

function makeSource(
  headers: { readonly [name: string]: string } = {},
  overrides: Partial<ContextSource> = {},
): ContextSource {
  return {
    headers: new Headers({ host: 'shop.example', ...headers }),
    url: new URL('https://shop.example/cart'),
    path: '/cart',
    geoHeaders: Object.values(GEO_PRESETS),
    visitor: undefined,
    session: '',
    firstSeen: null,
    utcOffset: null,
    now: NOW,
    ...overrides,
  }
}

test('a bare request gives the address and a visitor nobody knows', () => {
  expect(buildContext(makeSource(), ALL)).toEqual({
    geo: {},
    device: {},
    url: { host: 'shop.example', path: '/cart' },
    query: {},
    utm: {},
    referrer: {},
    visitor: { known: false, returning: false },
  })
})

test('what the ruleset does not look at is not read', () => {
  const unread = new Proxy(new Headers(), {
    get: (headers, name) => {
      if (name !== 'get') throw new Error(`${String(name)} is read`)
      return (header: string) => (header === 'host' ? headers.get(header) : fail(header))
    },
  })
  const nothing = { groups: new Set<string>(), query: [] }
  expect(buildContext(makeSource({}, { headers: unread }), nothing)).toEqual({})
})

function fail(header: string): never {
  throw new Error(`${header} is read`)
}

test('only what conditions name is needed', () => {
  const ruleset: Ruleset = {
    version: 1,
    revision: 'r',
    segments: {
      a: { when: { all: [{ attr: 'geo.country', is: 'GB' }, { not: { attr: 'query.a.b', exists: true } }] } },
      b: { when: { when: { hours: [1, 2], timezone: 'visitor' } } },
    },
    experiences: [
      {
        key: 'x',
        placement: 'p',
        audience: { attr: 'trait.vip', is: true },
        allocation: [{ variant: 'v', share: 1 }],
      },
    ],
  }
  expect(neededContext(publishRuleset(ruleset))).toEqual({
    groups: new Set(['geo', 'query', 'utcOffset', 'trait']),
    query: ['a.b'],
  })
  expect(neededContext(publishRuleset({ version: 1, revision: 'r' }))).toEqual({
    groups: new Set(),
    query: [],
  })
})

test.each([
  [
    'vercel',
    {
      'x-vercel-ip-country': 'GB',
      'x-vercel-ip-country-region': 'ENG',
      'x-vercel-ip-city': 'S%C3%A3o%20Paulo',
    },
    { country: 'GB', region: 'ENG', city: 'São Paulo' },
  ],
  [
    'cloudflare',
    { 'cf-ipcountry': 'IE', 'cf-region-code': 'L', 'cf-ipcity': 'Dublin' },
    { country: 'IE', region: 'L', city: 'Dublin' },
  ],
  [
    'cloudfront',
    { 'cloudfront-viewer-country': 'DE', 'cloudfront-viewer-city': '50% Town' },
    { country: 'DE', city: '50% Town' },
  ],
  [
    'cloudfront',
    { 'cloudfront-viewer-country': 'fr', 'cloudfront-viewer-country-region': 'idf' },
    { country: 'FR', region: 'idf' },
  ],
  ['an unknown country', { 'cf-ipcountry': 'XX' }, {}],
  ['a Tor exit', { 'cf-ipcountry': 'T1' }, {}],
  ['nonsense', { 'x-vercel-ip-country': '../GB', 'x-vercel-ip-city': 'x'.repeat(1_000) }, {}],
])('the headers of %s tell where the visitor is', (_host, headers, geo) => {
  expect(buildContext(makeSource(headers as { [name: string]: string }), ALL).geo).toEqual(geo)
})

test('other headers can be named, and then the known ones are not read', () => {
  const source = makeSource(
    { 'x-land': 'NL', 'cf-ipcountry': 'GB', 'cf-ipcity': 'Leeds' },
    { geoHeaders: [{ country: 'x-land' }] },
  )
  expect(buildContext(source, ALL).geo).toEqual({ country: 'NL' })
})

test.each([
  ['en-GB,en;q=0.9', 'en-GB'],
  [' de ; q=0.8, fr', 'de'],
  ['zh-Hant-TW', 'zh-Hant-TW'],
  ['*', undefined],
  ['', undefined],
  [null, undefined],
  ['<script>', undefined],
  ['x'.repeat(9_000), undefined],
])('the first language of %j is %s', (header, language) => {
  expect(readLanguage(header)).toBe(language)
})

test('the first value of a query parameter is taken, and campaign parameters are sorted out', () => {
  const url = new URL(
    'https://shop.example/?ref=a&ref=b&utm_source=news&utm_source=x&utm_term=&__proto__=p&z=1',
  )
  const { query, utm } = buildContext(makeSource({}, { url }), ALL)
  expect(Object.entries(query!)).toEqual([
    ['ref', 'a'],
    ['__proto__', 'p'],
  ])
  expect(utm).toEqual({ source: 'news' })
})

test.each([
  ['https://search.example/find?q=secret', { host: 'search.example' }],
  ['https://shop.example/other', {}],
  ['about:blank', {}],
  ['not an address', {}],
])('a visitor who comes from %s was referred by %j', (referer, referrer) => {
  expect(buildContext(makeSource({ referer }), ALL).referrer).toEqual(referrer)
})

test('a visitor returns when the first event is more than 30 minutes old', () => {
  const seconds = NOW / 1000 - 30 * 60
  const facts = (firstSeen: number | null) =>
    buildContext(makeSource({}, { visitor: 'A', firstSeen }), ALL).visitor
  expect(facts(seconds - 1)).toEqual({ known: true, returning: true })
  expect(facts(seconds)).toEqual({ known: true, returning: false })
  expect(facts(null)).toEqual({ known: true, returning: false })
})

test('the local time is what the token says, else that of the zone the host tells', () => {
  const headers = { 'x-vercel-ip-timezone': 'Asia/Kolkata' }
  const offset = (utcOffset: number | null) => buildContext(makeSource(headers, { utcOffset }), ALL).utcOffset
  expect([offset(-60), offset(0), offset(null)]).toEqual([-60, 0, 330])
})

test.each([
  ['UTC', NOW, 0],
  ['Europe/London', NOW, 0],
  ['Europe/London', Date.parse('2026-07-01T00:00:00Z'), 60],
  ['America/St_Johns', NOW, -210],
  ['Asia/Kathmandu', NOW, 345],
  ['Europe/London', Date.parse('2026-10-25T00:59:59Z'), 60],
  ['Europe/London', Date.parse('2026-10-25T01:00:00Z'), 0],
])('in %s at %d clocks stand %d minutes east', (timezone, now, minutes) => {
  expect(zoneOffsetMinutes(timezone, now)).toBe(minutes)
})

test('a zone that does not exist has no offset, however many are made up', () => {
  const made = Array.from({ length: 1_000 }, (_, at) => zoneOffsetMinutes(`Made/Up${at}`, NOW))
  expect(new Set(made)).toEqual(new Set([undefined]))
})

test('the session is read as the tracker counts it, and is nothing without its cookie', () => {
  const at = NOW / 1000
  const session = (value: string) => buildContext(makeSource({}, { session: value }), ALL).session
  expect(session(`3.7.${at - 600}.${at - 60}`)).toEqual({ number: 3, pageViews: 7, seconds: 600 })
  expect([session(''), session('3.7')]).toEqual([undefined, undefined])
})
