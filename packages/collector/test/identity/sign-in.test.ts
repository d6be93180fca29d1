import { createSealKeys, decodeToken, decodeVisitor, encodeVisitor } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { describe, expect, test } from 'vitest'
import { createAccounts, createCollector } from '../../src/index.ts'
import { keepEntries } from '../../src/keep-entries.ts'
import {
  COMPILED,
  cookieValue,
  KEYS,
  makeBatch,
  makeEvent,
  makeRequest,
  NOW,
  readAnswer,
  SECRET,
  setCookies,
  VISITOR,
  visitorCookie,
  visitorOf,
} from '../builders.ts'
import { ACCOUNT, makeIdentity, makePageRequest, WITH_TRAITS } from './identity-builders.ts'

const PLAN = COMPILED.plan

const KEY_AT_REST = 'a secret of keys at rest with more than thirty-two characters'

function open({ isPseudonymous = false } = {}) {
  const store = isPseudonymous ? withPseudonyms(createMemoryStore(), KEY_AT_REST) : createMemoryStore()
  const collector = createCollector({ ruleset: WITH_TRAITS, secret: SECRET, store, clock: () => NOW })
  const send = (events: readonly unknown[], cookies: object = {}, headers = {}) =>
    collector.handle(makeRequest({ body: makeBatch(events), cookies: { ...cookies }, headers }))
  const counts = async (visitor: string) => {
    const record = await store.exportVisitor(visitor)
    return record === null ? null : record.events.length
  }
  return { store, collector, send, counts, identity: makeIdentity({ store }) }
}

/** Set-Cookie values → name without prefix and the value; empty for one that is taken away. */
function written(cookies: readonly string[]): { readonly [name: string]: string } {
  const response = new Response(null, { headers: cookies.map((cookie) => ['set-cookie', cookie]) })
  return Object.fromEntries(
    Object.keys(setCookies(response)).map((name) => [name, cookieValue(response, name)]),
  )
}

describe('a sign-in', () => {
  test('joins what the browser did before to the account, and makes it the account’s', async () => {
    const { send, counts, identity, store } = open()
    await send([makeEvent('before')])
    const { outcome, cookies } = await identity.signIn(makePageRequest(), { userId: 'user 7' })
    expect(outcome).toBe('joined')
    const response = new Response(null, { headers: cookies.map((cookie) => ['set-cookie', cookie]) })
    expect(visitorOf(response)).toBe(ACCOUNT)
    expect(Object.keys(setCookies(response)).sort()).toEqual(['attune_token', 'attune_visitor'])
    for (const cookie of cookies)
      expect(cookie).toMatch(/^__Host-.*; Path=\/; HttpOnly; SameSite=Lax; .*Secure$/)
    expect(await store.load(VISITOR, PLAN)).toBeNull()
    expect(await counts(ACCOUNT)).toBe(1)
  })

  test('takes away what pages were chosen by, and keeps where the visitor is', async () => {
    const { send, identity } = open()
    const { attune_token = '' } = written((await send([makeEvent('before')])).headers.getSetCookie())
    const cookies = { attune_token, attune_pin: 'any' }
    const signedIn = await identity.signIn(makePageRequest({ cookies }), { userId: 'user 7' })
    const after = written(signedIn.cookies)
    expect(after.attune_pin).toBe('')
    const owner = { site: 'site', visitor: ACCOUNT }
    const token = decodeToken(KEYS, owner, COMPILED, after.attune_token ?? '', NOW / 1000)
    expect(token?.utcOffset).toBe(60)
  })

  test('said again changes nothing', async () => {
    const { send, counts, identity, store } = open()
    await send([makeEvent('before')])
    await identity.signIn(makePageRequest(), { userId: 'user 7' })
    const once = await store.load(ACCOUNT, PLAN)
    await identity.signIn(makePageRequest(), { userId: 'user 7' })
    expect(await store.load(ACCOUNT, PLAN)).toEqual(once)
    expect(await counts(ACCOUNT)).toBe(1)
  })

  test('on a second device brings both histories together', async () => {
    const { send, counts, identity } = open()
    const phone = 'BBBBBBBBBBBBBBBBBBBBBA'
    await send([makeEvent('on the desk')])
    await send([makeEvent('on the phone')], { attune_visitor: visitorCookie(phone) })
    await identity.signIn(makePageRequest(), { userId: 'user 7' })
    await identity.signIn(makePageRequest({ cookies: { attune_visitor: visitorCookie(phone) } }), {
      userId: 'user 7',
    })
    expect(await counts(ACCOUNT)).toBe(2)
  })

  test('without consent to preferences joins nothing and writes nothing', async () => {
    const { send, identity, store } = open()
    await send([makeEvent('before')])
    const cookies = { attune_consent: 'statistics', attune_token: 'any' }
    const { outcome, cookies: set } = await identity.signIn(makePageRequest({ cookies }), {
      userId: 'user 7',
    })
    expect(outcome).toBe('consent')
    expect(written(set)).toEqual({ attune_visitor: '', attune_token: '' })
    expect(await store.load(ACCOUNT, PLAN)).toBeNull()
    expect(await store.load(VISITOR, PLAN)).not.toBeNull()
  })

  test('where somebody else forgot to sign out takes nothing of theirs along', async () => {
    const { send, counts, identity } = open()
    const [other] = createAccounts(SECRET).of('user 8')
    await send([makeEvent('of the other')], { attune_visitor: visitorCookie(other) })
    const cookies = { attune_visitor: visitorCookie(other) }
    const { cookies: set } = await identity.signIn(makePageRequest({ cookies }), { userId: 'user 7' })
    expect(written(set).attune_visitor).toBe(encodeVisitor(KEYS, 'site', ACCOUNT, true))
    expect(written(set).attune_gone).toBe(String(NOW))
    expect([await counts(other), await counts(ACCOUNT)]).toEqual([1, null])
  })

  test('of an erased account joins nothing, and the browser is nobody’s', async () => {
    const { send, identity, store } = open()
    await send([makeEvent('before')])
    await store.erase(ACCOUNT, NOW)
    const { outcome, cookies } = await identity.signIn(makePageRequest(), { userId: 'user 7' })
    expect([outcome, written(cookies)]).toEqual(['erased', { attune_visitor: '', attune_gone: String(NOW) }])
    expect(await store.load(VISITOR, PLAN)).not.toBeNull()
  })

  test('after the secret was changed finds what was kept under the older one', async () => {
    const { counts, collector, store } = open()
    await collector.ingest({ visitor: ACCOUNT, consent: { preferences: true }, events: [makeEvent('older')] })
    const secret = ['a newer secret of at least thirty-two characters', SECRET]
    const [newer] = createAccounts(secret).of('user 7')
    const { outcome } = await makeIdentity({ store, secret }).signIn(makePageRequest(), { userId: 'user 7' })
    expect([outcome, await counts(newer)]).toEqual(['joined', 1])
  })

  test('after an older secret was dropped takes nothing of who was signed in under it', async () => {
    const { counts, store } = open()
    const newer = 'a newer secret of at least thirty-two characters'
    const [x] = createAccounts(SECRET).of('user 8')
    const collectorWith = (secret: readonly string[]) =>
      createCollector({ ruleset: WITH_TRAITS, secret, store, clock: () => NOW })
    const batch = (id: string, attune_visitor: string) =>
      makeRequest({ body: makeBatch([makeEvent(id)]), cookies: { attune_visitor } })
    const both = await collectorWith([newer, SECRET]).handle(batch('while both live', visitorCookie(x)))
    const sealedAnew = cookieValue(both, 'attune_visitor')
    const alone = await collectorWith([newer]).handle(batch('afterwards', sealedAnew))
    const attune_visitor = cookieValue(alone, 'attune_visitor')
    expect(decodeVisitor(createSealKeys(newer), 'site', attune_visitor)).toBe(x)
    const identity = makeIdentity({ store, secret: newer })
    const signedIn = await identity.signIn(makePageRequest({ cookies: { attune_visitor } }), {
      userId: 'user 7',
    })
    const [account] = createAccounts(newer).of('user 7')
    expect([signedIn.outcome, await counts(x), await counts(account)]).toEqual(['joined', 2, null])
    // The sign-out holds for it as well.
    const cookies = { attune_visitor, '__Host-attune_left': String(NOW - 500) }
    const next = makeRequest({ body: makeBatch([makeEvent('next', { time: NOW })]), cookies })
    await collectorWith([newer]).handle(next)
    expect(await counts(x)).toBe(2)
  })

  test('keeps what the server knows, by its purposes', async () => {
    const { identity, store } = open()
    const traits = { newsletter: true, reach: 'far', tier: 'gold' }
    await identity.signIn(makePageRequest(), { userId: 'user 7', traits })
    expect((await store.load(ACCOUNT, PLAN))?.traits).toEqual({ newsletter: true })
  })
})

describe('events with the cookie of before a sign-in', () => {
  test.each([false, true])(
    'go to the account, and nobody is handed its cookies; under pseudonyms: %j',
    async (isPseudonymous) => {
      const { send, counts, identity } = open({ isPseudonymous })
      await send([makeEvent('before')])
      await identity.signIn(makePageRequest(), { userId: 'user 7' })
      const late = await send([makeEvent('late')], {}, { 'attune-ask': 'visitor' })
      expect(await readAnswer(late)).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
      expect(late.headers.getSetCookie()).toEqual([])
      expect(await counts(ACCOUNT)).toBe(2)
      expect(await readAnswer(await send([makeEvent('late')]))).toMatchObject({ accepted: 0, duplicates: 1 })
    },
  )

  test('that servers send go to the account as well', async () => {
    const { send, collector, counts, identity } = open()
    await send([makeEvent('before')])
    await identity.signIn(makePageRequest(), { userId: 'user 7' })
    const consent = { preferences: true }
    const result = await collector.ingest({ visitor: VISITOR, consent, events: [makeEvent('order')] })
    expect([result.accepted, await counts(ACCOUNT)]).toEqual([1, 2])
  })
})

test('what mails and other tools tell of who has signed in since is not kept: their answers are known under the account', async () => {
  const { send, collector, counts, identity } = open()
  await send([makeEvent('before')])
  await identity.signIn(makePageRequest(), { userId: 'user 7' })
  const consent = { preferences: true }
  const batch = { visitor: VISITOR, consent, events: [makeEvent('mail')], isFollowed: false }
  const { accepted, rejected } = await collector.ingest(batch)
  expect([accepted, rejected[0]?.reason, await counts(ACCOUNT)]).toEqual([0, 'moved', 1])
  const entry = { visitor: VISITOR, consent, event: makeEvent('tool'), sent: undefined, userAgent: undefined }
  expect(await keepEntries(collector.ingest, [entry])).toMatchObject({
    accepted: 0,
    rejected: [{ reason: 'moved' }],
  })
})

describe('a sign-out', () => {
  const left = (request: Request) => written(makeIdentity().signOut(request))

  test('takes away everything by which the browser was known, and leaves the consent', () => {
    const cookies = {
      attune_visitor: visitorCookie(ACCOUNT),
      attune_token: 'any',
      attune_pin: 'any',
      attune_session: '3.4.5.6',
    }
    expect(left(makePageRequest({ cookies }))).toEqual({
      attune_visitor: '',
      attune_token: '',
      attune_pin: '',
      attune_session: '',
      attune_gone: String(NOW),
      attune_left: String(NOW),
    })
  })

  test('lets nothing that was done before it become the next person’s', async () => {
    const { send, identity } = open()
    await send([makeEvent('before')])
    const cookies = { attune_visitor: '', '__Host-attune_left': String(NOW - 500) }
    const unsent = await send([makeEvent('unsent', { time: NOW - 1_000 })], cookies)
    expect(await readAnswer(unsent)).toMatchObject({ accepted: 0, rejected: [{ reason: 'signed-out' }] })
    expect(unsent.headers.getSetCookie()).toEqual([])
    const leaving = await send([makeEvent('leaving', { time: NOW })], cookies, {
      'content-type': 'text/plain',
    })
    expect(await readAnswer(leaving)).toMatchObject({ accepted: 0, rejected: [{ reason: 'signed-out' }] })
    const next = await send([makeEvent('next', { time: NOW })], cookies)
    expect(await readAnswer(next)).toMatchObject({ accepted: 1 })
    expect([visitorOf(next) === undefined, visitorOf(next) === VISITOR]).toEqual([false, false])
    const again = { ...cookies, attune_visitor: visitorCookie(visitorOf(next)) }
    const { cookies: set } = await identity.signIn(makePageRequest({ cookies: again }), { userId: 'user 8' })
    expect(written(set).attune_left).toBe('')
  })

  test('keeps what one person left unsent from who signs in next', async () => {
    const { send, identity, counts } = open()
    const cookies = { attune_visitor: '', '__Host-attune_left': String(NOW - 3_600_000) }
    const signedIn = await identity.signIn(makePageRequest({ cookies }), { userId: 'user 7' })
    expect(signedIn.cookies).toContain(
      `__Host-attune_since=${NOW - 3_600_000}; Path=/; HttpOnly; SameSite=Lax; Max-Age=255600; Secure`,
    )
    const { attune_visitor, attune_since } = written(signedIn.cookies)
    const retried = await send(
      [makeEvent('left unsent', { time: NOW - 3_600_001 }), makeEvent('own', { time: NOW })],
      { attune_visitor, '__Host-attune_since': attune_since },
    )
    expect(await readAnswer(retried)).toMatchObject({ accepted: 1, rejected: [{ reason: 'signed-out' }] })
    expect(await counts(ACCOUNT)).toBe(1)
  })

  test('that was forgotten is made up for by the next person’s sign-in', async () => {
    const { send, identity } = open()
    const [other] = createAccounts(SECRET).of('user 8')
    const cookies = { attune_visitor: visitorCookie(other), attune_session: '3.4.5.6' }
    const signedIn = await identity.signIn(makePageRequest({ cookies }), { userId: 'user 7' })
    const { attune_visitor, attune_session, attune_since } = written(signedIn.cookies)
    expect([attune_session, attune_since]).toEqual(['', String(NOW)])
    const retried = await send([makeEvent('of the other', { time: NOW - 1 })], {
      attune_visitor,
      '__Host-attune_since': attune_since,
    })
    expect(await readAnswer(retried)).toMatchObject({ accepted: 0, rejected: [{ reason: 'signed-out' }] })
  })

  test('long ago still holds for a cookie that came back, and for no event', async () => {
    const { send } = open()
    const cookies = {
      attune_visitor: visitorCookie(ACCOUNT),
      '__Host-attune_left': String(NOW - 200 * 86_400_000),
    }
    const answer = await send([makeEvent('next', { time: NOW })], cookies, { 'content-type': 'text/plain' })
    expect(await readAnswer(answer)).toMatchObject({ accepted: 1 })
    expect(visitorOf(answer)).not.toBe(ACCOUNT)
  })

  test('is not undone by an answer that came after it', async () => {
    const { send } = open()
    const cookies = { attune_visitor: visitorCookie(ACCOUNT), '__Host-attune_left': String(NOW - 500) }
    const answer = await send([makeEvent('next', { time: NOW })], cookies)
    expect(await readAnswer(answer)).toMatchObject({ accepted: 1 })
    expect(visitorOf(answer)).not.toBe(ACCOUNT)
  })
})
