import { createMemoryStore } from '@attune/storage/memory'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCollector, createPixel, type PixelOptions } from '../src/index.ts'
import { createLimiter } from '../src/limit/create-limiter.ts'
import { createPixelLink, type PixelLinkOptions } from '../src/server.ts'
import { makeRequest, NOW, RULESET, SECRET, setCookies, VISITOR, visitorCookie } from './builders.ts'

const MAIL_SECRET = 'a secret of the servers that is long enough'
const PIXEL = 'https://shop.example/attune/pixel.gif'
const GIF = 'R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=='
const ruleset = {
  ...RULESET,
  events: {
    ...RULESET.events,
    email_open: { properties: { campaign: 'string' as const } },
    purchase: { signed: true as const },
  },
}

function makePixel(changes: Partial<PixelOptions> = {}) {
  const store = createMemoryStore()
  const options = {
    ruleset,
    secret: SECRET,
    store,
    clock: () => NOW,
    onError: (error: unknown) => {
      throw new Error('unexpected trouble', { cause: error })
    },
    ...changes,
  }
  const collector = createCollector(options)
  const pixel = createPixel({ collector, mailSecret: MAIL_SECRET, ...options })
  const eventsOf = async (visitor = VISITOR) => (await store.exportVisitor(visitor))?.events ?? []
  return { store, pixel, eventsOf, refused: () => store.rejectedCounts() }
}

const linkFor = (changes: Partial<PixelLinkOptions> = {}) =>
  createPixelLink({
    endpoint: PIXEL,
    secret: MAIL_SECRET,
    visitor: VISITOR,
    consent: { preferences: true },
    campaign: 'autumn',
    until: NOW + 1000,
    ...changes,
  })

const ask = (url: string, headers: { readonly [name: string]: string } = {}, cookies = {}) =>
  makeRequest({ method: 'GET', url, headers, cookies })
const askPage = (headers: { readonly [name: string]: string } = {}, cookies = {}) =>
  ask(`${PIXEL}?e=page_view`, { referer: 'https://shop.example/boots?mail=a@b.example', ...headers }, cookies)

async function expectPicture(response: Response) {
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('image/gif')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(Buffer.from(await response.arrayBuffer()).toString('base64')).toBe(GIF)
}

describe('a mail’s pixel', () => {
  test('says once that the mail was opened, however often it is', async () => {
    const { pixel, eventsOf } = makePixel()
    const link = await linkFor()
    for (let time = 0; time < 3; time++) await expectPicture(await pixel.handle(new Request(link)))
    expect(await eventsOf()).toEqual([
      { id: expect.any(String), name: 'email_open', time: NOW, properties: { campaign: 'autumn' } },
    ])
  })

  test('names nobody, and is another one for each mail', async () => {
    const [one, other] = [await linkFor(), await linkFor()]
    expect(one).not.toBe(other)
    const { searchParams } = new URL(one)
    expect([...searchParams.keys()]).toEqual(['m'])
    const bytes = Buffer.from(searchParams.get('m')!, 'base64url').toString('latin1')
    for (const word of [VISITOR, 'autumn', 'preferences']) expect(bytes).not.toContain(word)
  })

  test('sets no cookie and heeds none: a mail may be opened on somebody else’s machine', async () => {
    const { pixel, eventsOf } = makePixel()
    const other = 'BBBBBBBBBBBBBBBBBBBBBB'
    const link = await linkFor()
    const answered = await pixel.handle(ask(link, {}, { attune_visitor: visitorCookie(other) }))
    expect(answered.headers.getSetCookie()).toEqual([])
    expect([(await eventsOf(other)).length, (await eventsOf()).length]).toEqual([0, 1])
  })

  test('is no event without consent, as it was said or as it is today', async () => {
    const said = makePixel()
    await said.pixel.handle(new Request(await linkFor({ consent: {} })))
    const today = makePixel({ consent: async () => ({}) })
    await today.pixel.handle(new Request(await linkFor()))
    for (const { eventsOf, refused } of [said, today]) {
      expect(await eventsOf()).toEqual([])
      expect(await refused()).toEqual({ consent: 1 })
    }
  })

  test.each([
    ['another secret', { secret: 'another secret that is quite long enough' }, {}, { link: 1 }],
    ['another site', { site: 'other' }, {}, { link: 1 }],
    ['a time that is over', { until: NOW - 2000 }, {}, { 'too-late': 1 }],
    ['a mail service that looks ahead', {}, { 'sec-purpose': 'prefetch' }, { 'bot/unseen': 1 }],
    ['Apple’s proxy, which opens every mail', {}, { 'user-agent': 'Mozilla/5.0' }, { bot: 1 }],
    ['Gmail’s proxy', {}, { 'user-agent': 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' }, { bot: 1 }],
  ])('is refused and counted with %s', async (_name, changes, headers, counts) => {
    const { pixel, eventsOf, refused } = makePixel()
    await expectPicture(await pixel.handle(ask(await linkFor(changes), headers)))
    expect(await eventsOf()).toEqual([])
    expect(await refused()).toEqual(counts)
  })

  test('with any bit flipped says nothing', async () => {
    const { pixel, eventsOf, refused } = makePixel()
    const link = new URL(await linkFor())
    const bytes = Buffer.from(link.searchParams.get('m')!, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      link.searchParams.set('m', flipped.toString('base64url'))
      await pixel.handle(new Request(link))
    }
    expect(await eventsOf()).toEqual([])
    expect(await refused()).toEqual({ link: bytes.length * 8 })
  })

  test('is let through only as often as the limits say', async () => {
    const limiter = createLimiter({ address: false, visitor: false })
    const { pixel, eventsOf } = makePixel({
      limiter: { ...limiter, take: () => ({ by: 'address', retryAfter: 1 }) },
    })
    await expectPicture(await pixel.handle(new Request(await linkFor())))
    expect(await eventsOf()).toEqual([])
  })
})

describe('the pixel of a page without scripts', () => {
  test('is a page view of the visitor of the cookie, at the page that shows it', async () => {
    const { pixel, eventsOf } = makePixel()
    const answered = await pixel.handle(askPage({ 'sec-fetch-site': 'same-origin' }))
    await expectPicture(answered.clone())
    expect(Object.keys(setCookies(answered))).toEqual(['attune_visitor', 'attune_token'])
    expect(await eventsOf()).toMatchObject([{ name: 'page_view', properties: { page_path: '/boots' } }])
  })

  test('tells the collector what the request tells of the visitor', async () => {
    const seen: (string | null)[] = []
    const { pixel } = makePixel({
      context: ({ headers }) => {
        seen.push(headers.get('accept-language'), headers.get('cf-ipcountry'))
        return {}
      },
    })
    await pixel.handle(askPage({ 'accept-language': 'fi', 'cf-ipcountry': 'FI' }))
    expect(seen.slice(-2)).toEqual(['fi', 'FI'])
  })

  test('asked for twice at once is one page view; later it is another', async () => {
    let now = NOW
    const { pixel, eventsOf } = makePixel({ clock: () => now })
    for (const later of [0, 0, 60_000]) {
      now = NOW + later
      await pixel.handle(askPage())
    }
    expect(await eventsOf()).toHaveLength(2)
  })

  test.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }, {}],
    ['with the address of another site', { referer: 'https://evil.example/boots' }, {}],
    ['without an address', { referer: '' }, {}],
    ['without consent', {}, { attune_consent: 'none' }],
    ['never asked', {}, { attune_consent: '' }],
    ['with Global Privacy Control', { 'sec-gpc': '1' }, {}],
    ['of a program', { 'user-agent': 'Googlebot/2.1' }, {}],
  ])('%s is no event', async (_name, headers, cookies) => {
    const { pixel, eventsOf } = makePixel()
    await expectPicture(await pixel.handle(askPage(headers, cookies)))
    expect(await eventsOf()).toEqual([])
  })

  test.each(['purchase', 'email_open', 'view_item', 'identify', 'exposure', ''])(
    'says no %s: nobody proves it',
    async (name) => {
      const { pixel, eventsOf } = makePixel()
      await expectPicture(await pixel.handle(ask(`${PIXEL}?e=${name}`, { referer: 'https://shop.example/' })))
      expect(await eventsOf()).toEqual([])
    },
  )
})

test('whatever is asked, the answer is the picture and nothing breaks (1,000 requests)', async () => {
  const { pixel, store } = makePixel()
  const text = fc.oneof(fc.string({ maxLength: 40 }), fc.base64String(), fc.constant(await linkFor()))
  const query = fc.dictionary(fc.constantFrom('e', 'm', 'visitor', '__proto__'), text, { maxKeys: 3 })
  const value = fc.string({ unit: fc.constantFrom(...'abc=;, ."~/\t\u00ff'), maxLength: 40 })
  const headers = fc.dictionary(fc.constantFrom('cookie', 'referer', 'user-agent', 'purpose'), value)
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE')
  await fc.assert(
    fc.asyncProperty(query, headers, method, async (given, sent, by) => {
      const url = `${PIXEL}?${new URLSearchParams(given)}`
      await expectPicture(await pixel.handle(new Request(url, { method: by, headers: sent })))
    }),
    { numRuns: 1_000 },
  )
  // The one good link among them was taken, or was not drawn.
  expect((await store.exportVisitor(VISITOR))?.events.length ?? 0).toBeLessThanOrEqual(1)
})

test('a store that is away breaks no picture', async () => {
  const told: string[] = []
  const store = { ...createMemoryStore(), append: async () => Promise.reject(new Error('away')) }
  const { pixel } = makePixel({ store, onError: (_, step) => told.push(step) })
  await expectPicture(await pixel.handle(new Request(await linkFor())))
  await expectPicture(await pixel.handle(askPage()))
  expect(told).toEqual(['pixel', 'append'])
})
