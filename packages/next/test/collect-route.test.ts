import { createLimiter } from '@attune/collector/quality'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test, vi } from 'vitest'
import { createCollectRoute } from '../src/collect.ts'
import { makeRuleset, SECRET } from './support/make-ruleset.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

function makeBatch(headers: Record<string, string> = {}): Request {
  const viewed = {
    id: 'abcdefghijklmnopqr',
    name: 'view_item',
    time: NOW,
    properties: { item_category: 'hiking' },
  }
  return new Request('http://localhost:3000/attune/collect', {
    method: 'POST',
    headers: {
      host: 'shop.example',
      origin: 'http://shop.example',
      'content-type': 'application/json',
      cookie: 'attune_consent=preferences',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      ...headers,
    },
    body: JSON.stringify({ sent: NOW, utcOffset: 0, page: '/', events: [viewed] }),
  })
}

function makeRoute(store = vi.fn(() => createMemoryStore())) {
  const options = { ruleset: makeRuleset(), secret: SECRET, clock: () => NOW, store }
  return { store, route: createCollectRoute(options) }
}

test('events of the site’s own pages are taken, whatever the server calls itself', async () => {
  const response = await makeRoute().route.POST(makeBatch())
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ accepted: 1, rejected: [] })
  expect(response.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
    'attune_visitor',
    'attune_token',
  ])
})

test('events that another site sends are refused', async () => {
  const response = await makeRoute().route.POST(makeBatch({ origin: 'https://elsewhere.example' }))
  expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
})

test('behind TLS the cookies are secure', async () => {
  const headers = { origin: 'https://shop.example', 'x-forwarded-proto': 'https' }
  const response = await makeRoute().route.POST(makeBatch(headers))
  for (const cookie of response.headers.getSetCookie()) expect(cookie).toContain('; Secure')
})

test('the store is opened by the first request, once', async () => {
  const { store, route } = makeRoute()
  expect(store).not.toHaveBeenCalled()
  await route.POST(makeBatch())
  await route.POST(makeBatch())
  expect(store).toHaveBeenCalledOnce()
})

test('by the header that the host in front writes, visitors are limited by address', async () => {
  const limiter = () => createLimiter({ clock: () => 0, address: { perSecond: 1, burst: 1 } })
  const options = { ruleset: makeRuleset(), secret: SECRET, clock: () => NOW, store: createMemoryStore() }
  const named = createCollectRoute({ ...options, limiter: limiter(), peer: 'X-Real-IP' })
  const statusOf = async (address: string, route = named) =>
    (await route.POST(makeBatch({ 'x-real-ip': address }))).status
  expect([
    await statusOf('198.51.100.7'),
    await statusOf('198.51.100.8'),
    await statusOf('203.0.113.7'),
  ]).toEqual([200, 429, 200])
  // Of several the nearest host wrote the last.
  expect(await statusOf('192.0.2.1, 198.51.100.9')).toBe(429)
  const unnamed = createCollectRoute({ ...options, limiter: limiter() })
  expect([await statusOf('198.51.100.7', unnamed), await statusOf('198.51.100.7', unnamed)]).toEqual([
    200, 200,
  ])
})

test('a header that is none is said at the first request', async () => {
  const options = { ruleset: makeRuleset(), secret: SECRET, store: createMemoryStore() }
  const { POST } = createCollectRoute({ ...options, peer: 'x real ip' })
  await expect(POST(makeBatch())).rejects.toThrow('`peer` is "x real ip". Name a request header')
})
