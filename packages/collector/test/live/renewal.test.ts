import { decodePin } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test } from 'vitest'
import { readTicket } from '../../src/live/ticket.ts'
import { createLimiter } from '../../src/quality.ts'
import { createRenewal, type RenewalOptions } from '../../src/renewal.ts'
import {
  cookieValue,
  KEYS,
  makeCollector,
  makeRequest,
  makeStore,
  NOW,
  pinCookie,
  type RequestParts,
  RULESET,
  SECRET,
  setCookies,
  tokenProfile,
  VISITOR,
} from '../builders.ts'

const URL_OF_SOCKET = 'https://shop.example/attune/socket'

async function ask(parts: RequestParts = {}, changes: Partial<RenewalOptions> = {}) {
  const store = makeStore()
  await makeCollector({ store }).handle(makeRequest())
  const renewal = createRenewal({
    ruleset: RULESET,
    secret: SECRET,
    store,
    clock: () => NOW,
    onError: () => {},
    ...changes,
  })
  const response = await renewal.handle(makeRequest({ url: URL_OF_SOCKET, body: {}, ...parts }))
  return { response, body: await response.clone().json() }
}

test('it gives a ticket, and the token of the profile as it is now', async () => {
  const { response, body } = await ask({ body: { utcOffset: 60 } })
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(readTicket({ keys: KEYS, site: 'site' }, body.ticket, NOW)?.visitor).toBe(VISITOR)
  expect(Object.keys(setCookies(response)).sort()).toEqual(['attune_token', 'attune_visitor'])
  expect(tokenProfile(response)).toBeDefined()
})

test('what changed goes out of the pin, and nothing else', async () => {
  const cookies = { attune_pin: pinCookie({ hero: 'default', offer: 'ten' }) }
  const { response } = await ask({ cookies, body: { changed: ['hero', 'nothing', 7] } })
  const pin = decodePin(
    KEYS,
    { site: 'site', visitor: VISITOR },
    RULESET,
    cookieValue(response, 'attune_pin'),
  )
  expect(Object.keys(pin ?? {})).toEqual(['offer'])
  const untouched = await ask({ cookies })
  expect(setCookies(untouched.response)).not.toHaveProperty('attune_pin')
})

test('it tells what the placements of a page show by now, and takes what was something else out of the pin', async () => {
  const cookies = { attune_pin: pinCookie({ hero: 'default', rail: 'popular', offer: 'none' }) }
  const told: unknown[] = []
  const wish = { placements: ['hero', 'rail', 'nothing', 7], page: 'https://shop.example/', utcOffset: 60 }
  const { response, body } = await ask({ cookies, body: wish }, { onError: (error) => told.push(error) })
  expect(body).toEqual({ ticket: expect.any(String), decisions: { hero: 'hiking' } })
  // No token: a batch that was sent later may have been answered before.
  expect(Object.keys(setCookies(response))).toEqual(['attune_pin'])
  const owner = { site: 'site', visitor: VISITOR }
  const pin = decodePin(KEYS, owner, RULESET, cookieValue(response, 'attune_pin'))
  expect(Object.keys(pin ?? {})).toEqual(['rail', 'offer'])
  expect(told).toHaveLength(1)
})

test.each<[string, RequestParts]>([
  ['nobody agreed', { cookies: { attune_consent: 'none' } }],
  ['there is no visitor yet', { cookies: { attune_visitor: '' } }],
  ['the visitor is made up', { cookies: { attune_visitor: 'v1~x~AAAA~AAAA' } }],
  ['the browser objects', { headers: { 'sec-gpc': '1' } }],
  ['it is a program', { headers: { 'user-agent': 'Googlebot/2.1' } }],
  ['somebody looks at a preview', { cookies: { '__Host-attune_preview': 'x' } }],
])('no ticket and no cookie when %s', async (_, parts) => {
  const { response, body } = await ask(parts)
  expect([response.status, body, response.headers.getSetCookie()]).toEqual([200, {}, []])
})

test.each<[number, RequestParts]>([
  [403, { headers: { origin: 'https://evil.example' } }],
  [405, { method: 'GET' }],
  [415, { headers: { 'content-type': 'text/html' } }],
  [413, { body: 'x'.repeat(70_000) }],
])('%i', async (status, parts) => {
  expect((await ask(parts)).response.status).toBe(status)
})

test('what is no wish is none, and a page gets its ticket all the same', async () => {
  const odd = '{"changed":{},"placements":"hero","page":7,"utcOffset":1e9,"upTo":[]}'
  for (const body of ['', 'x', '[]', 'null', odd]) {
    expect((await ask({ body })).body).toHaveProperty('ticket')
  }
})

test('too many from one address are told to come later', async () => {
  const rate = { perSecond: 1, burst: 1 }
  const limiter = createLimiter({ visitor: rate, address: rate, clock: () => 0 })
  limiter.take({ visitor: VISITOR })
  expect((await ask({}, { limiter })).response.status).toBe(200)
  const { response } = await ask(
    {},
    { limiter: { ...limiter, take: () => limiter.take({ visitor: VISITOR }) } },
  )
  expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([429, true])
})

test('a store that is away is a 503, and the trouble is told of', async () => {
  const told: string[] = []
  const store = { ...createMemoryStore(), load: () => Promise.reject(new Error('away')) }
  const { response } = await ask({}, { store, onError: (_, step) => told.push(step) })
  expect([response.status, told]).toEqual([503, ['renew']])
})

test('who was merged into an account gets no visitor’s cookie again', async () => {
  const store = makeStore()
  const moved = { ...store, load: async () => null }
  const { response } = await ask({}, { store: moved })
  expect(setCookies(response)).not.toHaveProperty('attune_visitor')
})
