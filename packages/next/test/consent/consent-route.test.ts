import { createMemoryConsentLog } from '@attune/storage/consent'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test, vi } from 'vitest'
import { createConsentRoute, createGpcRoute } from '../../src/consent-route.ts'
import { makeRuleset, SECRET } from '../support/make-ruleset.ts'

function makeAnswer(headers: Record<string, string> = {}): Request {
  return new Request('http://localhost:3000/attune/consent', {
    method: 'POST',
    headers: {
      host: 'shop.example',
      origin: 'https://shop.example',
      'x-forwarded-proto': 'https',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      cookie: 'attune_consent=preferences',
      ...headers,
    },
    body: JSON.stringify({ by: 'accept', text: '2026-11' }),
  })
}

test('an answer that a page tells is kept, and the visitor known from then on, by secure cookies behind TLS', async () => {
  const log = createMemoryConsentLog()
  const open = vi.fn(() => log)
  const route = createConsentRoute({
    ruleset: makeRuleset(),
    secret: SECRET,
    store: createMemoryStore,
    log: open,
  })
  expect(open).not.toHaveBeenCalled()
  const answer = await route.POST(makeAnswer())
  expect(answer.status).toBe(204)
  expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-attune_visitor=.*; Secure/)])
  await route.POST(makeAnswer({ origin: 'https://elsewhere.example' }))
  expect((await log.read()).map(({ by, granted }) => [by, granted])).toEqual([['accept', ['preferences']]])
  expect(open).toHaveBeenCalledOnce()
})

test('a secret that is missing is told at the first request', async () => {
  const options = {
    ruleset: makeRuleset(),
    store: createMemoryStore,
    log: createMemoryConsentLog,
    secret: undefined,
  }
  await expect(createConsentRoute(options).POST(makeAnswer())).rejects.toThrow(
    /createConsentRoute: `secret` is missing/,
  )
})

test('the well-known document is a route', async () => {
  const { GET } = createGpcRoute({ lastUpdate: '2026-11-22' })
  expect(await GET().json()).toEqual({ gpc: true, lastUpdate: '2026-11-22' })
})
