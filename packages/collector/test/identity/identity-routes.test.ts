import { createMemoryStore } from '@attune/storage/memory'
import { describe, expect, test } from 'vitest'
import { createCollector, type Identity } from '../../src/index.ts'
import { createIdentitySender } from '../../src/server.ts'
import { signEvents } from '../../src/server-events/signature.ts'
import {
  COMPILED,
  makeBatch,
  makeEvent,
  makeRequest,
  NOW,
  SECRET,
  setCookies,
  VISITOR,
  visitorCookie,
} from '../builders.ts'
import { ACCOUNT, makeIdentity, makePageRequest, SERVER_SECRET, WITH_TRAITS } from './identity-builders.ts'

const ENDPOINT = 'https://shop.example/attune/identify'

function makeSender(identity: Identity, changes: object = {}) {
  const sent: Request[] = []
  const sender = createIdentitySender({
    endpoint: ENDPOINT,
    secret: SERVER_SECRET,
    clock: () => NOW,
    fetch: (url, init) => {
      const request = new Request(url, init)
      sent.push(request.clone())
      return identity.identify(request)
    },
    ...changes,
  })
  return { sender, sent }
}

describe('what a server says', () => {
  test('signs somebody in: the answer has the cookies, and nothing of the user’s id is kept', async () => {
    const store = createMemoryStore()
    const collector = createCollector({ ruleset: WITH_TRAITS, secret: SECRET, store, clock: () => NOW })
    await collector.handle(makeRequest({ body: makeBatch([makeEvent('before')]) }))
    const { sender, sent } = makeSender(makeIdentity({ store }))
    const visit = makePageRequest({
      url: 'https://shop.example/login?next=secret',
      headers: { authorization: 'canary' },
    })
    const { outcome, cookies } = await sender.signIn(visit, { userId: 'user 7', traits: { size: 43 } })
    expect([outcome, cookies.length]).toEqual(['joined', 2])
    const body = await sent[0]!.text()
    expect(body).not.toMatch(/canary|secret/)
    expect((await store.load(ACCOUNT, COMPILED.plan))?.traits).toEqual({ size: 43 })
    expect(JSON.stringify(await store.exportVisitor(ACCOUNT))).not.toContain('user 7')
  })

  test('tells traits of somebody who is not there, by a source of its own', async () => {
    const store = createMemoryStore()
    const { sender } = makeSender(makeIdentity({ store }))
    const consent = { preferences: true }
    const taken = await sender.tell({ userId: 'user 7', consent, source: 'crm', traits: { tier: 'gold' } })
    expect([taken.status, await taken.json()]).toEqual([200, { isTaken: true }])
    expect((await store.load(ACCOUNT, COMPILED.plan))?.traits).toEqual({ tier: 'gold' })
    const without = await sender.tell({ userId: 'user 7', consent: {}, traits: { newsletter: true } })
    expect(await without.json()).toMatchObject({ isTaken: false, reason: 'consent' })
  })

  const signed = async (body: object, changes: { kind?: 'events'; unix?: number; secret?: string } = {}) => {
    const text = JSON.stringify(body)
    const { unix = NOW / 1000, secret = SERVER_SECRET, kind = 'identify' as const } = changes
    const signature = await signEvents(
      text,
      { unix, nonce: 'a nonce of a test'.replaceAll(' ', '-') },
      { secret, site: 'site', kind },
    )
    const headers = { 'content-type': 'application/json', 'attune-signature': signature }
    return new Request(ENDPOINT, { method: 'POST', headers, body: text })
  }
  const BODY = { userId: 'user 7', consent: { preferences: true }, traits: { newsletter: true } }

  test.each([
    ['by another secret', { secret: 'another secret of at least thirty-two characters' }, 'signature'],
    ['for the route of events', { kind: 'events' as const }, 'signature'],
    ['six minutes ago', { unix: NOW / 1000 - 360 }, 'stale'],
  ])('is not heard when it was signed %s', async (_, changes, error) => {
    const answer = await makeIdentity().identify(await signed(BODY, changes))
    expect([answer.status, await answer.json()]).toMatchObject([403, { error }])
  })

  test('is heard once', async () => {
    const identity = makeIdentity()
    const answers = [await identity.identify(await signed(BODY)), await identity.identify(await signed(BODY))]
    expect(answers.map(({ status }) => status)).toEqual([200, 403])
  })

  test('is heard by nobody without a secret for servers', async () => {
    const answer = await makeIdentity({ serverSecret: undefined }).identify(await signed(BODY))
    expect(answer.status).toBe(403)
  })

  test.each([
    [{ ...BODY, userId: '' }, '$.userId'],
    [{ ...BODY, traits: 7 }, '$.traits'],
    [{ ...BODY, source: 'a b' }, '$.source'],
    [{ userId: 'u', request: { url: 'ftp://x', headers: {} } }, '$.request.url'],
    [{ userId: 'u', request: { url: 'https://x', headers: { 'a b': 'c' } } }, '$.request'],
    [{ userId: 'u' }, 'request for a sign-in'],
  ])('is told what is wrong with %j', async (body, place) => {
    const answer = await makeIdentity().identify(await signed(body))
    expect([answer.status, (await answer.json()).message]).toEqual([400, expect.stringContaining(place)])
  })
})

describe('a page that signs out', () => {
  const ask = (headers: { readonly [name: string]: string }, method = 'POST') =>
    makeIdentity().leave(
      makeRequest({ method, url: 'https://shop.example/attune/sign-out', body: '{}', headers }),
    )

  test('loses its cookies', async () => {
    const answer = await ask({ origin: 'https://shop.example' })
    expect([answer.status, Object.keys(setCookies(answer)).sort()]).toEqual([
      200,
      ['attune_gone', 'attune_left', 'attune_visitor'],
    ])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  test.each([
    ['of another site', { origin: 'https://evil.example' }, 403],
    ['that says nothing of where it comes from', {}, 403],
    ['a form could send', { origin: 'https://shop.example', 'content-type': 'text/plain' }, 415],
  ])('is not heard from a request %s', async (_, headers, status) => {
    const answer = await ask(headers as { readonly [name: string]: string })
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []])
  })
})

// Names alone, the same for everybody.
const SHOWN = ['newsletter', 'reach']

describe('a page that asks what is known', () => {
  const store = createMemoryStore()
  const collector = createCollector({ ruleset: WITH_TRAITS, secret: SECRET, store, clock: () => NOW })
  const ask = async (cookies: object = {}, headers: { readonly [name: string]: string } = {}) => {
    const properties = { newsletter: true, reach: 'far', note: 'tall' }
    const consent = { preferences: true, marketing: true }
    const event = { id: 'told', name: 'identify', time: NOW, properties }
    await collector.ingest({ visitor: VISITOR, consent, events: [event] })
    return makeIdentity({ store }).traits(makePageRequest({ cookies: { ...cookies }, headers }))
  }

  test('hears of its own visitor, of the traits that may be shown and whose purpose is granted', async () => {
    const answer = await ask({}, { 'sec-fetch-site': 'same-origin' })
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { traits: { newsletter: true }, shown: SHOWN },
    ])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const more = await ask({ attune_consent: 'preferences.marketing' })
    expect(await more.json()).toEqual({ traits: { newsletter: true, reach: 'far' }, shown: SHOWN })
  })

  test('hears the same of a visitor who is not known and of one who granted nothing', async () => {
    const answers = [
      await ask({ attune_visitor: visitorCookie('CCCCCCCCCCCCCCCCCCCCCA') }),
      await ask({ attune_visitor: '' }),
      await ask({ attune_consent: 'none' }),
    ]
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(
      answers.map(() => ({ traits: {}, shown: SHOWN })),
    )
  })

  test('of another site hears nothing', async () => {
    expect((await ask({}, { 'sec-fetch-site': 'same-site' })).status).toBe(403)
  })

  test('is told nothing of a trait that is not declared: the owner is', () => {
    expect(() => makeIdentity({ shownTraits: ['newsleter'] })).toThrow('Declare it under traits')
  })
})
