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
