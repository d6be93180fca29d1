import { decodeToken } from '@attune/core'
import type { ProfileReader } from '@attune/storage'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createPersonalizer, type Personalized } from '../src/personalize.ts'
import {
  ANNA,
  applyCookies,
  BEN,
  compiled,
  keys,
  makeCookies,
  makeOptions,
  makeProfile,
  makeRequest,
  makeToken,
  makeViews,
  NOW,
} from './make.ts'

const personalizer = createPersonalizer(makeOptions())
const hiker = makeProfile(makeViews(3))
const VARIANT_PATH = /^\/attune\/v1~[A-Za-z0-9_-]{4}~[a-z0-9]+~[A-Za-z0-9_-]{22}(?=[/.]|$)/

function variants(answer: Personalized | undefined): readonly string[] {
  return answer?.decisions.map(({ variant, reason }) => `${variant} ${reason}`) ?? []
}

test.each<[string, ProfileReader]>([
  ['hangs', { load: () => new Promise(() => {}) }],
  ['rejects', { load: () => Promise.reject(new Error('down')) }],
  [
    'throws at once',
    {
      load: () => {
        throw new Error('down')
      },
    },
  ],
])('a store that %s shows the baseline within the deadline', async (_how, store) => {
  vi.useFakeTimers()
  try {
    const errors: string[] = []
    const host = createPersonalizer(makeOptions({ store, onError: (_, step) => errors.push(step) }))
    const answered = host.personalize(makeRequest('/cart', makeCookies(ANNA)))
    await vi.advanceTimersByTimeAsync(25)
    expect(variants(await Promise.race([answered, undefined]))).toEqual(['default ERROR'])
    expect([errors, vi.getTimerCount()]).toEqual([['load-profile'], 0])
  } finally {
    vi.useRealTimers()
  }
})

test('the baseline of a store that failed is kept for the client-side navigation that follows', async () => {
  const store = { load: () => Promise.reject(new Error('down')) }
  const host = createPersonalizer(makeOptions({ store, onError: () => {} }))
  const first = makeCookies(ANNA)
  const { cookies } = (await host.personalize(makeRequest('/cart', first)))!
  const again = { ...applyCookies(first, cookies), attune_token: makeToken(ANNA, hiker) }
  expect(
    variants(await host.personalize(makeRequest('/cart', again, { 'sec-fetch-dest': 'empty' }))),
  ).toEqual(['default ERROR'])
  expect(variants(await host.personalize(makeRequest('/cart', again)))).toEqual(['hiking TARGETING_MATCH'])
})

test('whatever breaks inside shows the baseline, and a broken listener changes nothing', async () => {
  const clock = (): number => {
    throw new Error('no clock')
  }
  const heard: unknown[] = []
  const onError = (error: unknown, step: string): never => {
    heard.push([String(error), step])
    throw new Error('no listener')
  }
  const host = createPersonalizer(makeOptions({ clock, onError }))
  const answer = await host.personalize(makeRequest('/product/tent', makeCookies(ANNA, hiker)))
  expect(variants(answer)).toEqual(['popular ERROR', 'none ERROR'])
  expect(answer!.path).toMatch(VARIANT_PATH)
  expect([answer!.cookies, heard]).toEqual([[], [['Error: no clock', 'personalize']]])
})

test('a request whose address cannot be read is not personalised', async () => {
  const heard: string[] = []
  const host = createPersonalizer(makeOptions({ onError: (_, step) => heard.push(step) }))
  const request = Object.defineProperty(makeRequest('/'), 'url', { value: 'nonsense' })
  expect([await host.personalize(request), heard]).toEqual([undefined, ['personalize']])
})

test('trouble is written to the console when nobody listens', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {})
  const store = { load: () => Promise.reject(new Error('down')) }
  await createPersonalizer(makeOptions({ store, onError: undefined })).personalize(
    makeRequest('/cart', makeCookies(ANNA)),
  )
  expect(written.mock.calls).toEqual([['[edge] load-profile:', new Error('down')]])
  written.mockRestore()
})

test('the token of another visitor or another site is none', async () => {
  const anna = makeCookies(ANNA)
  const swapped = { ...anna, attune_token: makeToken(BEN, hiker) }
  const foreign = { ...anna, attune_token: makeToken(ANNA, hiker, { site: 'other' }) }
  for (const cookies of [swapped, foreign])
    expect(variants(await personalizer.personalize(makeRequest('/cart', cookies)))).toEqual([
      'welcome TARGETING_MATCH',
    ])
  expect(variants(await personalizer.personalize(makeRequest('/cart', makeCookies(ANNA, hiker))))).toEqual([
    'hiking TARGETING_MATCH',
  ])
})

test('a visitor cookie of another site is none, and so is its token', async () => {
  const cookies = makeCookies(ANNA, hiker, { site: 'other' })
  const answer = await personalizer.personalize(makeRequest('/cart', cookies))
  expect([variants(answer), answer!.cookies]).toEqual([['welcome TARGETING_MATCH'], []])
})

test('a cookie that stands twice is none', async () => {
  const { attune_consent, attune_visitor, attune_token } = makeCookies(ANNA, hiker)
  const doubled = {
    attune_consent: attune_consent!,
    attune_visitor: attune_visitor!,
    attune_token: `${attune_token}; attune_token=${attune_token}`,
  }
  expect(variants(await personalizer.personalize(makeRequest('/cart', doubled)))).toEqual([
    'welcome TARGETING_MATCH',
  ])
})

test('a token with any single bit flipped is none', () => {
  const token = makeToken(ANNA, hiker)
  const owner = { site: 'site', visitor: ANNA }
  expect(decodeToken(keys, owner, compiled, token, NOW / 1000)).toBeDefined()
  const opened = flips(token).filter(
    (text) => decodeToken(keys, owner, compiled, text, NOW / 1000) !== undefined,
  )
  expect([flips(token).length, opened]).toEqual([token.length * 8, []])
})

test('a request with any single bit of its token flipped is that of a newcomer', async () => {
  const cookies = makeCookies(ANNA, hiker)
  const texts = flips(cookies.attune_token!)
  // What no header may hold, or what ends a cookie, never reaches us as such.
  const possible = texts.filter((text) => /^[\x21-\x3a\x3c-\x7e]+$/.test(text))
  const shown = await Promise.all(
    possible.map(async (attune_token) =>
      variants(await personalizer.personalize(makeRequest('/cart', { ...cookies, attune_token }))).join(),
    ),
  )
  expect(possible.length).toBeGreaterThan(texts.length / 2)
  expect(new Set(shown)).toEqual(new Set(['welcome TARGETING_MATCH']))
})

function flips(text: string): readonly string[] {
  return Array.from({ length: text.length * 8 }, (_, bit) => {
    const at = bit >> 3
    const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << (bit & 7)))
    return text.slice(0, at) + flipped + text.slice(at + 1)
  })
}

const hostileText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
  fc.constantFrom(
    '',
    '../api',
    '%2e%2e',
    'v1~~~',
    'v1~a~b~c',
    '__proto__',
    'none',
    'preferences',
    'x'.repeat(9_000),
  ),
  fc.constantFrom(...Object.values(makeCookies(ANNA, hiker))),
)
const COOKIE_NAMES = [
  'attune_visitor',
  'attune_token',
  'attune_pin',
  'attune_consent',
  'attune_preview',
  'other',
]
const HEADER_NAMES = [
  'host',
  'x-forwarded-host',
  'x-forwarded-proto',
  'next-url',
  'x-middleware-rewrite',
  'x-middleware-subrequest',
  'x-nextjs-data',
  'x-matched-path',
  'accept-language',
  'user-agent',
  'referer',
  'sec-ch-ua-platform',
  'sec-fetch-dest',
  'sec-gpc',
  'x-vercel-ip-country',
  'x-vercel-ip-city',
  'x-vercel-ip-timezone',
]

test('hostile cookies, paths and headers never reject and never leave the variant pages', async () => {
  const cookie = fc.array(fc.tuple(fc.constantFrom(...COOKIE_NAMES), hostileText), { maxLength: 6 })
  const headers = fc.dictionary(fc.constantFrom(...HEADER_NAMES), hostileText, { maxKeys: 6 })
  const path = fc.oneof(
    fc.constantFrom('/', '/cart', '/product/tent', '/product/new/'),
    hostileText.map((text) => `/product/${text}`),
  )
  let personalised = 0
  await fc.assert(
    fc.asyncProperty(path, cookie, headers, async (at, cookies, others) => {
      const request = hostileRequest(at, cookies, others)
      if (request === undefined) return
      const answer = await personalizer.personalize(request)
      if (answer === undefined) return
      personalised++
      expect(answer.path).toMatch(VARIANT_PATH)
      expect(new URL(answer.path, 'https://shop.example').pathname).toBe(answer.path)
      expect(answer.path.slice(0, answer.path.indexOf(answer.code) + answer.code.length)).toBe(
        `/attune/${answer.code}`,
      )
      expect(answer.decisions.map(({ reason }) => reason)).not.toContain('ERROR')
      expect(
        answer.cookies.every((text) => /^attune_(?:visitor|token|pin)=[A-Za-z0-9~_-]*; Path=\/; /.test(text)),
      ).toBe(true)
    }),
    { numRuns: 3_000 },
  )
  expect(personalised).toBeGreaterThan(1_000)
})

// What the platform itself refuses to make a request of is not ours to answer.
function hostileRequest(
  path: string,
  cookies: readonly (readonly [string, string])[],
  headers: { readonly [name: string]: string },
): Request | undefined {
  try {
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ')
    return makeRequest(path, {}, { ...headers, cookie })
  } catch {
    return undefined
  }
}
