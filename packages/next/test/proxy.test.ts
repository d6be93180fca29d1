import {
  compileRuleset,
  createSealKeys,
  decodeCode,
  emptyHistory,
  emptyProfile,
  encodeToken,
  encodeVisitor,
  foldEvents,
} from '@attune/core'
import { createPreview } from '@attune/edge'
import { NextRequest } from 'next/server'
import { describe, expect, test, vi } from 'vitest'
import { createProxy, type ProxyOptions } from '../src/proxy.ts'
import { makeRuleset, SECRET } from './support/make-ruleset.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const VISITOR = 'AAAAAAAAAAAAAAAAAAAAAA'
const ruleset = makeRuleset()
const keys = createSealKeys(SECRET)
const DOCUMENT = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }

function makeProxy(over: Partial<ProxyOptions> = {}) {
  return createProxy({ ruleset, secret: SECRET, clock: () => NOW, ...over })
}

function makeRequest(path: string, headers: Record<string, string> = {}, method = 'GET'): NextRequest {
  return new NextRequest(`http://localhost:3000${path}`, { method, headers: { ...DOCUMENT, ...headers } })
}

/** The cookies of somebody who consented and looked at a hiking product. */
function makeHikerCookies(): string {
  const compiled = compileRuleset(ruleset)
  const viewed = { id: 'e1', name: 'view_item', time: NOW - 60_000, properties: { item_category: 'hiking' } }
  const { profile } = foldEvents(emptyHistory(compiled.plan), [viewed], compiled.plan, () => []).history
  const owner = { site: 'site', visitor: VISITOR }
  const issued = { profile: profile ?? emptyProfile(compiled.plan), issuedAt: NOW / 1000, utcOffset: 0 }
  return [
    'attune_consent=preferences',
    `attune_visitor=${encodeVisitor(keys, 'site', VISITOR)}`,
    `attune_token=${encodeToken(keys, owner, compiled, issued)}`,
  ].join('; ')
}

function rewriteOf(response: Response): URL {
  return new URL(response.headers.get('x-middleware-rewrite') ?? 'none:')
}

/** What the page behind a rewrite would show. */
function shownBy(response: Response, route: string): unknown {
  const code = rewriteOf(response).pathname.split('/')[2] ?? ''
  return decodeCode(keys, 'site', ruleset, route, code)
}

test('a visitor of whom nothing is known is shown the baseline and is given no cookie', async () => {
  const response = await makeProxy()(makeRequest('/'))
  expect(shownBy(response, '/')).toEqual({ hero: 'default' })
  expect(response.headers.getSetCookie()).toEqual([])
  expect(response.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
})

test('a visitor is shown the variant that fits what they did, and it is pinned', async () => {
  const response = await makeProxy()(makeRequest('/', { cookie: makeHikerCookies() }))
  expect(shownBy(response, '/')).toEqual({ hero: 'hiking' })
  expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^attune_pin=v1~/)])
  expect(response.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
})

test('HEAD is answered like GET', async () => {
  const response = await makeProxy()(makeRequest('/', { cookie: makeHikerCookies() }, 'HEAD'))
  expect(shownBy(response, '/')).toEqual({ hero: 'hiking' })
})

test('the rewrite stays on this origin and keeps path and query', async () => {
  const response = await makeProxy()(
    makeRequest('/product/trail-boots?size=42', { host: 'evil.example', 'x-forwarded-host': 'evil.example' }),
  )
  const { origin, pathname, search } = rewriteOf(response)
  expect([origin, search]).toEqual(['http://localhost:3000', '?size=42'])
  expect(pathname).toMatch(/^\/attune\/v1~[^/]+\/product\/trail-boots$/)
})

test('a page that the ruleset does not personalise is left alone', async () => {
  const response = await makeProxy()(makeRequest('/guides/layering'))
  expect([...response.headers]).toEqual([['x-middleware-next', '1']])
})

describe('the reserved prefix', () => {
  test.each([
    '/attune',
    '/attune/',
    '/attune/anything',
    '/attune/v1~a~b~c/product/x',
    '/attune/collect/x',
    '/ATTUNE/x',
  ])('%s is not found and never stored', async (path) => {
    const response = await makeProxy()(makeRequest(path))
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('the page of a valid code is not found either', async () => {
    const proxy = makeProxy()
    const { pathname } = rewriteOf(await proxy(makeRequest('/')))
    expect((await proxy(makeRequest(pathname))).status).toBe(404)
  })

  test.each(['/attune/collect', '/attune/consent', '/attune/explain', '/attune/preview', '/attune/ruleset'])(
    '%s passes',
    async (path) => {
      const response = await makeProxy()(makeRequest(path, {}, 'POST'))
      expect(response.headers.get('x-middleware-next')).toBe('1')
    },
  )
})

test('a signed preview is never stored and gives no cookie', async () => {
  const preview = createPreview(keys, 'site', {
    exp: NOW / 1000 + 60,
    assume: { hiker: true },
    consent: { preferences: true },
  })
  const response = await makeProxy()(makeRequest('/', { cookie: `attune_preview=${preview}` }))
  expect(shownBy(response, '/')).toEqual({ hero: 'hiking' })
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.getSetCookie()).toEqual([])
})

test('a preview is told how its page was decided; visitors are told nothing', async () => {
  const preview = createPreview(keys, 'site', { exp: NOW / 1000 + 60 })
  const cookies = makeHikerCookies()
  const timing = async (cookie: string) =>
    (await makeProxy()(makeRequest('/', { cookie }))).headers.get('server-timing')
  expect(await timing(`${cookies}; attune_preview=${preview}`)).toBe('attune;dur=0;desc="token"')
  expect(await timing(cookies)).toBeNull()
})

test('decides with what stands in for its personalizer', async () => {
  const observe: ProxyOptions['observe'] = vi.fn((personalizer) => ({
    ...personalizer,
    personalize: async () => undefined,
  }))
  const response = await makeProxy({ observe })(makeRequest('/'))
  expect(observe).toHaveBeenCalledOnce()
  expect(response.headers.get('x-middleware-next')).toBe('1')
})

describe('a host whose cache keys on the rewritten path', () => {
  const proxy = makeProxy({ sharedCache: 'host-keys-on-rewrite' })

  test('keeps the Cache-Control of Next', async () => {
    const response = await proxy(makeRequest('/'))
    expect(response.headers.get('cache-control')).toBeNull()
  })

  test('stores nothing that sets a cookie', async () => {
    const response = await proxy(makeRequest('/', { cookie: makeHikerCookies() }))
    expect(response.headers.getSetCookie()).toHaveLength(1)
    expect(response.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
  })

  test('stores no preview', async () => {
    const preview = createPreview(keys, 'site', { exp: NOW / 1000 + 60 })
    const response = await proxy(makeRequest('/', { cookie: `attune_preview=${preview}` }))
    expect(response.headers.get('cache-control')).toBe('private, no-store')
  })
})

test('a site below a base path is personalised there', async () => {
  const nextConfig = { basePath: '/shop' }
  const request = new NextRequest('http://localhost:3000/shop/product/x', { headers: DOCUMENT, nextConfig })
  const { pathname } = rewriteOf(await makeProxy()(request))
  expect(pathname).toMatch(/^\/shop\/attune\/v1~[^/]+\/product\/x$/)
})

test('a rule about the host sees the one that the visitor asked', async () => {
  const audience = { attr: 'url.host', is: 'shop.example' } as const
  const allocation = [{ variant: 'ten-percent', share: 1 }]
  const experience = {
    key: 'offer',
    placement: 'offer',
    purpose: 'functional',
    audience,
    allocation,
  } as const
  const proxy = makeProxy({ ruleset: makeRuleset({ experiences: [experience] }) })
  const response = await proxy(makeRequest('/product/x', { host: 'shop.example' }))
  expect(shownBy(response, '/product/[slug]')).toEqual({ offer: 'ten-percent' })
  expect(rewriteOf(response).origin).toBe('http://localhost:3000')
})

describe('when something fails the baseline is shown', () => {
  const [consent, visitor] = makeHikerCookies().split('; ')
  const cookie = `${consent}; ${visitor}`

  test.each([
    ['rejects', () => Promise.reject(new Error('down'))],
    [
      'throws',
      () => {
        throw new Error('down')
      },
    ],
  ])('a store that %s', async (_, load) => {
    const onError = vi.fn()
    const response = await makeProxy({ store: { load }, onError })(makeRequest('/', { cookie }))
    expect(shownBy(response, '/')).toEqual({ hero: 'default' })
    expect(onError).toHaveBeenCalledOnce()
  })

  test('a store that hangs, within the deadline', async () => {
    vi.useFakeTimers()
    const proxy = makeProxy({ store: { load: () => new Promise(() => undefined) }, onError: () => undefined })
    const answer = proxy(makeRequest('/', { cookie }))
    await vi.advanceTimersByTimeAsync(25)
    vi.useRealTimers()
    expect(shownBy(await answer, '/')).toEqual({ hero: 'default' })
  })

  test.each([
    ['a forged token', 'attune_token=v1~aaaa~e30~AAAAAAAAAAAAAAAAAAAAAA'],
    ['a forged visitor', `attune_visitor=v1~aaaa~${VISITOR}~AAAAAAAAAAAAAAAAAAAAAA`],
    ['a poisoned cookie', '__proto__=1; attune_pin=__proto__'],
    ['a cookie of 100 KB', `attune_token=${'a'.repeat(100_000)}`],
  ])('%s', async (_, forged) => {
    const response = await makeProxy({ onError: () => undefined })(
      makeRequest('/', { cookie: `attune_consent=preferences; ${forged}` }),
    )
    expect(shownBy(response, '/')).toEqual({ hero: 'default' })
  })
})

test('without a secret nothing starts, and the message says what to set', () => {
  expect(() => makeProxy({ secret: undefined })).toThrow(
    '[next] createProxy: `secret` is missing. Set ATTUNE_SECRET to at least 32 characters',
  )
  expect(() => makeProxy({ secret: 'short' })).toThrow('the secret has 5 characters')
})
