import { describe, expect, test } from 'vitest'
import { notePeer } from '../src/peer.ts'
import { createLimiter, type LimiterOptions } from '../src/quality.ts'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  type RequestParts,
  readAnswer,
  visitorCookie,
} from './builders.ts'
import { createRandomBytes } from './random.ts'

function makeLimited(options: Partial<LimiterOptions> = {}) {
  const clock = { now: 0 }
  const store = makeStore()
  const limiter = createLimiter({
    clock: () => clock.now,
    randomBytes: createRandomBytes(1),
    visitor: { perSecond: 1, burst: 2 },
    address: { perSecond: 10, burst: 5 },
    trustedProxies: ['10.0.0.0/8'],
    ...options,
  })
  const collector = makeCollector({ store, limiter })
  let sent = 0
  const send = (parts: RequestParts = {}, peer?: string): Promise<Response> => {
    sent++
    const request = makeRequest({ body: makeBatch([makeEvent(`e${sent}`)]), ...parts })
    notePeer(request, peer)
    return collector.handle(request)
  }
  return { clock, store, send }
}

const otherVisitor = (at: number): RequestParts => ({
  cookies: { attune_visitor: visitorCookie(`${at}`.padStart(22, 'A')) },
})

describe('one batch too many', () => {
  test('of a visitor is answered 429 with when to come again, and taken then', async () => {
    const { clock, store, send } = makeLimited()
    expect([(await send()).status, (await send()).status]).toEqual([200, 200])
    const refused = await send()
    expect(refused.status).toBe(429)
    expect(await readAnswer(refused)).toMatchObject({
      accepted: 0,
      duplicates: 0,
      rejected: [],
      error: 'rate',
    })
    expect(refused.headers.getSetCookie()).toEqual([])
    // Nobody judged what is in it.
    expect(store.refused).toEqual([])
    clock.now += Number(refused.headers.get('retry-after')) * 1000
    expect((await send()).status).toBe(200)
  })

  test('of an address block is, whoever the visitors are', async () => {
    const { send } = makeLimited()
    const statuses = []
    for (let at = 0; at < 8; at++) statuses.push((await send(otherVisitor(at), `198.51.100.${at}`)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
    expect((await send(otherVisitor(9), '203.0.113.1')).status).toBe(200)
  })

  test('cannot be sent by making up X-Forwarded-For, behind a proxy or not', async () => {
    for (const peer of ['203.0.113.1', '10.0.0.1']) {
      const { send } = makeLimited()
      const statuses = []
      for (let at = 0; at < 8; at++) {
        const headers = { 'x-forwarded-for': `192.0.2.${at}, ${at}.${at}.${at}.${at}, 203.0.113.1` }
        statuses.push((await send({ ...otherVisitor(at), headers }, peer)).status)
      }
      expect(statuses.filter((status) => status === 429)).toHaveLength(3)
    }
  })

  test('is counted by nothing that is not known: a host without addresses, a visitor without consent', async () => {
    const { send } = makeLimited()
    for (let at = 0; at < 20; at++) {
      const body = makeBatch([makeEvent(`e${at}`, { name: 'visit', properties: {} })])
      expect((await send({ cookies: { attune_consent: 'statistics-anonymous' }, body })).status).toBe(200)
    }
  })
})
