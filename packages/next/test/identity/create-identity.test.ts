import { createAccounts, pseudonymsOf } from '@attune/collector'
import { createSealKeys, encodeVisitor } from '@attune/core'
import { createMemoryConsentLog } from '@attune/storage/consent'
import { createMemoryStore } from '@attune/storage/memory'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createCollectRoute } from '../../src/collect.ts'
import { createIdentity, type SiteIdentityOptions } from '../../src/identity.ts'
import { makeRuleset, SECRET } from '../support/make-ruleset.ts'
import { makeSource } from '../support/make-source.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

interface Written {
  readonly name: string
  readonly value: string
  readonly maxAge?: number
  readonly httpOnly: boolean
  readonly secure: boolean
}
// As Next hands them to a Server Function.
const next = vi.hoisted(() => ({ headers: new Headers(), written: [] as unknown[] }))
vi.mock('next/headers', () => ({
  headers: async () => next.headers,
  cookies: async () => ({ set: (cookie: unknown) => next.written.push(cookie) }),
}))

afterEach(() => {
  next.headers = new Headers()
  next.written = []
})

const ruleset = makeRuleset({ traits: { newsletter: { type: 'boolean' } } })
const around = (changes: Partial<SiteIdentityOptions> = {}) => {
  const store = createMemoryStore()
  const options = { ruleset, secret: SECRET, clock: () => NOW, store }
  const identity = createIdentity({ ...options, shownTraits: ['newsletter'], ...changes })
  return { store, identity, collect: createCollectRoute(options).POST }
}

function arrive(cookie: string, more: Record<string, string> = {}): void {
  next.headers = new Headers({ host: 'shop.example', 'user-agent': USER_AGENT, cookie, ...more })
}
const written = () => next.written as readonly Written[]
const sentBack = () =>
  written()
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')

describe('in a Server Function', () => {
  test('a sign-in notes whose the answers of before are, in a log that is opened at the first request', async () => {
    const log = createMemoryConsentLog()
    const opened = vi.fn(() => log)
    const { identity } = around({ log: opened })
    expect(opened).not.toHaveBeenCalled()
    const visitor = 'A'.repeat(22)
    const cookie = encodeVisitor(createSealKeys(SECRET), 'site', visitor)
    arrive(`attune_consent=preferences; attune_visitor=${cookie}`)
    expect(await identity.signIn({ userId: 'user 7' })).toBe('joined')
    const names = (id: string) => pseudonymsOf(SECRET, 'site', id)
    const [account] = createAccounts(SECRET).of('user 7')
    expect(await log.absorbedBy(names(account))).toEqual(names(visitor))
    expect(opened).toHaveBeenCalledTimes(1)
  })

  test('a sign-in writes the account’s cookies, and what was done before is the account’s', async () => {
    const { identity, collect, store } = around()
    const events = [{ id: 'before', name: 'view_item', time: NOW, properties: { item_category: 'hiking' } }]
    const batch = new Request('http://localhost:3000/attune/collect', {
      method: 'POST',
      headers: {
        host: 'shop.example',
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
        cookie: 'attune_consent=preferences',
      },
      body: JSON.stringify({ sent: NOW, events }),
    })
    const first = await collect(batch)
    const cookies = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    arrive(`attune_consent=preferences; ${cookies.join('; ')}`)
    expect(await identity.signIn({ userId: 'user 7', traits: { newsletter: true } })).toBe('joined')
    expect(written().map(({ name, maxAge, secure }) => [name, maxAge, secure])).toEqual([
      ['attune_visitor', 400 * 86_400, false],
      ['attune_token', 86_400, false],
    ])
    const asked = new Request('http://localhost:3000/attune/traits', {
      headers: { host: 'shop.example', cookie: `attune_consent=preferences; ${sentBack()}` },
    })
    expect(await (await identity.GET(asked)).json()).toEqual({
      traits: { newsletter: true },
      shown: ['newsletter'],
    })
    expect((await store.sweep(NOW, { events: 1, profiles: 1 })).profiles).toBe(0)
  })

  test('behind TLS the cookies are secure and this host’s alone', async () => {
    arrive('attune_consent=preferences', { 'x-forwarded-proto': 'https' })
    await around().identity.signIn({ userId: 'user 7' })
    expect(written()).toMatchObject([{ name: '__Host-attune_visitor', secure: true }])
  })

  test('without consent nothing is written', async () => {
    arrive('attune_consent=none')
    expect([await around().identity.signIn({ userId: 'user 7' }), written()]).toEqual(['consent', []])
  })

  test('a store that does not answer holds up no sign-in', async () => {
    const onError = vi.fn()
    const broken = { ...createMemoryStore(), load: () => Promise.reject(new Error('away')) }
    arrive('attune_consent=preferences')
    const { identity } = around({ store: broken, onError })
    expect([await identity.signIn({ userId: 'user 7' }), written()]).toEqual(['failed', []])
    expect(onError).toHaveBeenCalledWith(expect.any(Error), 'sign-in')
  })

  test('a sign-out takes the cookies away', async () => {
    const { identity } = around()
    arrive('attune_consent=preferences')
    await identity.signIn({ userId: 'user 7' })
    arrive(`attune_consent=preferences; attune_pin=any; ${sentBack()}`)
    next.written = []
    await identity.signOut()
    expect(written().map(({ name, value, maxAge }) => [name, value, maxAge])).toEqual([
      ['attune_visitor', '', 0],
      ['attune_pin', '', 0],
      ['attune_gone', String(NOW), 34_560_000],
      ['attune_left', String(NOW), 34_560_000],
    ])
    // The page reads that one, and nothing else.
    expect(written().flatMap(({ httpOnly, name }) => (httpOnly ? [] : [name]))).toEqual(['attune_gone'])
  })
})

test('a sign-out works while no ruleset could be loaded', async () => {
  arrive('attune_consent=preferences; attune_visitor=any; attune_token=any; attune_session=1.2.3.4')
  await around({ ruleset: makeSource() }).identity.signOut()
  expect(written().map(({ name, value }) => [name, value])).toEqual([
    ['attune_visitor', ''],
    ['attune_token', ''],
    ['attune_session', ''],
    ['attune_gone', String(NOW)],
    ['attune_left', String(NOW)],
  ])
})

test('the secret is asked for by name', async () => {
  const onError = vi.fn()
  arrive('attune_consent=preferences')
  await around({ secret: undefined, onError }).identity.signIn({ userId: 'user 7' })
  expect(onError.mock.calls[0]?.[0].message).toContain('ATTUNE_SECRET')
})
