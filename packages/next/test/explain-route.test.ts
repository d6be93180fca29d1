import { createSealKeys } from '@attune/core'
import { createPreview } from '@attune/edge'
import { expect, test, vi } from 'vitest'
import { createExplainRoute } from '../src/preview/explain-route.ts'
import { makeRuleset, SECRET } from './support/make-ruleset.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const preview = { exp: NOW / 1000 + 60, assume: { hiker: true }, consent: { preferences: true } }
const cookie = `attune_preview=${createPreview(createSealKeys(SECRET), 'site', preview)}`
const options = { ruleset: makeRuleset(), secret: SECRET, open: false, clock: () => NOW }
const route = createExplainRoute(options)

function ask(path: string, headers: Record<string, string> = { cookie }): Promise<Response> {
  const url = `http://localhost:3000/attune/explain?path=${encodeURIComponent(path)}`
  return route.GET(new Request(url, { headers }))
}

test('with a signed preview a page is explained, and the answer is never stored', async () => {
  const response = await ask('/')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toMatchObject({
    route: '/',
    now: NOW,
    preview,
    placements: [
      {
        placement: 'hero',
        decision: { variant: 'hiking', reason: 'TARGETING_MATCH', experience: 'hero-hiking' },
        experiences: [{ key: 'hero-hiking', outcome: 'wins', audience: { match: true } }],
      },
    ],
    segments: [{ key: 'hiker', match: true }],
  })
})

test('a page that is not personalised has nothing to explain', async () => {
  expect(await (await ask('/guides')).json()).toBeNull()
  expect(await (await ask('https://elsewhere.example/')).json()).toBeNull()
})

test.each([
  ['without a preview', {}],
  ['with a forged preview', { cookie: `${cookie}x` }],
])('%s it is not found', async (_, headers) => {
  const response = await ask('/', headers)
  expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store'])
})

test('in development anybody may ask', async () => {
  const open = createExplainRoute({ ...options, open: true })
  const response = await open.GET(new Request('http://localhost:3000/attune/explain?path=/'))
  expect(await response.json()).toMatchObject({ placements: [{ decision: { reason: 'CONSENT_DENIED' } }] })
})

test('the store is opened by the first request, once', async () => {
  const store = vi.fn(() => ({ load: async () => null }))
  const lazy = createExplainRoute({ ...options, open: true, store })
  expect(store).not.toHaveBeenCalled()
  await lazy.GET(new Request('http://localhost:3000/attune/explain'))
  await lazy.GET(new Request('http://localhost:3000/attune/explain'))
  expect(store).toHaveBeenCalledOnce()
})
