import {
  type Decision,
  type DecisionReason,
  decodeCode,
  decodePin,
  type Profile,
  variantsOf,
} from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { expect, test, vi } from 'vitest'
import { createPersonalizer, type Personalized } from '../src/personalize.ts'
import {
  ANNA,
  applyCookies,
  BEN,
  compiled,
  keys,
  makeCookies,
  makeOptions,
  makeProfile,
  makeRequest,
  makeToken,
  makeViews,
  NOW,
  RULESET,
} from './make.ts'

const personalizer = createPersonalizer(makeOptions())
const hiker = makeProfile(makeViews(3))
const MOBILE = { 'sec-ch-ua-mobile': '?1' }
const NAVIGATION = { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' }

async function personalize(request: Request, host = personalizer): Promise<Personalized> {
  const answer = await host.personalize(request)
  if (answer === undefined) throw new Error(`${request.url} is not personalised`)
  return answer
}

function reasons({ decisions }: Personalized): {
  readonly [placement: string]: readonly [string, DecisionReason]
} {
  return Object.fromEntries(decisions.map(({ placement, variant, reason }) => [placement, [variant, reason]]))
}

test('a visitor of whom nothing is known sees baselines and gets no cookie', async () => {
  const answer = await personalize(makeRequest('/'))
  expect(answer.decisions).toEqual<readonly Decision[]>([
    { placement: 'hero', variant: 'default', reason: 'CONSENT_DENIED', until: null },
    { placement: 'rail', variant: 'popular', reason: 'CONSENT_DENIED', until: null },
  ])
  expect([answer.route, answer.cookies, answer.preview]).toEqual(['/', [], false])
  expect(answer.path).toBe(`/attune/${answer.code}`)
})

test('the code says what the page shows, and only on its route', async () => {
  const { code, decisions, path } = await personalize(makeRequest('/product/tent?x=1', {}, MOBILE))
  expect(path).toBe(`/attune/${code}/product/tent`)
  expect(decodeCode(keys, 'site', RULESET, '/product/[slug]', code)).toEqual(variantsOf(decisions))
  expect(variantsOf(decisions)).toEqual({ rail: 'nearby', bar: 'none' })
  expect(decodeCode(keys, 'site', RULESET, '/', code)).toBeUndefined()
})

test('visitors who see the same get the same code', async () => {
  const answers = await Promise.all(
    [ANNA, BEN].map((visitor) => personalize(makeRequest('/', makeCookies(visitor, hiker)))),
  )
  expect(answers[0]!.code).toBe(answers[1]!.code)
  expect(answers[0]!.cookies).not.toEqual(answers[1]!.cookies)
})

test('a path that is no route, or is internal, is not personalised', async () => {
  const paths = ['/nowhere', '/attune/x', '/%61ttune', '//cart']
  const answers = paths.map((path) => personalizer.personalize(makeRequest(path)))
  expect(await Promise.all(answers)).toEqual(paths.map(() => undefined))
})

test('a route under the internal prefix is never personalised', async () => {
  const ruleset = { ...RULESET, routes: { '/[slug]': ['hero'] } }
  const host = createPersonalizer(makeOptions({ ruleset: publishRuleset(ruleset) }))
  expect(await host.personalize(makeRequest('/attune'))).toBeUndefined()
  expect((await personalize(makeRequest('/about'), host)).path).toMatch(/^\/attune\/v1~[^/]+\/about$/)
})

test('what the token carries decides, and no store is asked', async () => {
  const store = { load: vi.fn() }
  const host = createPersonalizer(makeOptions({ store }))
  const answer = await personalize(makeRequest('/', makeCookies(ANNA, hiker)), host)
  expect(reasons(answer)).toEqual({ hero: ['hiking', 'TARGETING_MATCH'], rail: ['popular', 'DEFAULT'] })
  expect(store.load).not.toHaveBeenCalled()
})

test('without a token the store is asked once, without a store nothing is known', async () => {
  const store = { load: vi.fn(async (): Promise<Profile | null> => hiker) }
  const request = (): Request => makeRequest('/cart', makeCookies(ANNA))
  const stored = await personalize(request(), createPersonalizer(makeOptions({ store })))
  expect(reasons(stored)).toEqual({ hero: ['hiking', 'TARGETING_MATCH'] })
  expect(store.load.mock.calls).toEqual([[ANNA, compiled.plan]])
  expect(reasons(await personalize(request()))).toEqual({ hero: ['welcome', 'TARGETING_MATCH'] })
})

test('a visitor the store does not know is a newcomer', async () => {
  const host = createPersonalizer(makeOptions({ store: { load: async () => null } }))
  const answer = await personalize(makeRequest('/cart', makeCookies(ANNA)), host)
  expect(reasons(answer)).toEqual({ hero: ['welcome', 'TARGETING_MATCH'] })
})

test('without consent neither token nor store nor pin is looked at', async () => {
  const store = { load: vi.fn() }
  const host = createPersonalizer(makeOptions({ store }))
  const cookies = { ...makeCookies(ANNA, hiker), attune_consent: 'statistics' }
  const answer = await personalize(makeRequest('/', cookies, MOBILE), host)
  expect(reasons(answer)).toEqual({
    hero: ['default', 'CONSENT_DENIED'],
    rail: ['nearby', 'TARGETING_MATCH'],
  })
  expect(store.load).not.toHaveBeenCalled()
})

test('a profile whose newest event is ahead of the clock is asked at that event', async () => {
  const ahead = makeProfile(makeViews(3, -30_000))
  const store = { load: async () => ahead }
  const answer = await personalize(
    makeRequest('/cart', makeCookies(ANNA)),
    createPersonalizer(makeOptions({ store })),
  )
  expect(reasons(answer)).toEqual({ hero: ['hiking', 'TARGETING_MATCH'] })
})

test("the visitor's local hour comes from the token", async () => {
  const show = async (utcOffset: number): Promise<string | undefined> => {
    const cookies = makeCookies(ANNA, hiker, { utcOffset })
    return reasons(await personalize(makeRequest('/product/new', cookies))).bar?.[0]
  }
  expect([await show(0), await show(11 * 60)]).toEqual(['none', 'night'])
})

test('a query parameter that a segment names is seen', async () => {
  const answer = await personalize(makeRequest('/product/new?ref=mail', makeCookies(ANNA, hiker)))
  expect(reasons(answer)).toEqual({ bar: ['mail', 'TARGETING_MATCH'] })
})

test('data of a page is decided like the page, and its suffix stays', async () => {
  const cookies = makeCookies(ANNA, hiker)
  const page = await personalize(makeRequest('/cart', cookies))
  const data = await personalize(makeRequest('/cart.segments/_tree.segment.rsc', cookies))
  expect(data.path).toBe(`${page.path}.segments/_tree.segment.rsc`)
})

test('a document is pinned for the session, secure on https, with the decisions of its route only', async () => {
  const { cookies } = await personalize(makeRequest('/', makeCookies(ANNA, hiker)))
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/^__Host-attune_pin=v1~[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  const text = applyCookies({}, cookies).attune_pin!
  const pin = decodePin(keys, { site: 'site', visitor: ANNA }, RULESET, text)
  expect(Object.keys(pin!)).toEqual(['hero', 'rail'])
})

test('an unchanged pin is not set again', async () => {
  const before = makeCookies(ANNA, hiker)
  const cookies = applyCookies(before, (await personalize(makeRequest('/', before))).cookies)
  expect((await personalize(makeRequest('/', cookies))).cookies).toEqual([])
  expect((await personalize(makeRequest('/', cookies, NAVIGATION))).cookies).toEqual([])
})

test('client-side navigation keeps what was pinned, a document is decided afresh', async () => {
  const first = makeCookies(ANNA, makeProfile())
  const pinned = applyCookies(first, (await personalize(makeRequest('/', first))).cookies)
  const changed = { ...pinned, attune_token: makeToken(ANNA, hiker) }
  const hero = async (headers: { readonly [name: string]: string }): Promise<unknown> =>
    reasons(await personalize(makeRequest('/cart', changed, headers))).hero
  expect(await hero(NAVIGATION)).toEqual(['welcome', 'TARGETING_MATCH'])
  expect(await hero({ 'sec-fetch-dest': 'document' })).toEqual(['hiking', 'TARGETING_MATCH'])
})

test('client-side navigation adds what was not pinned yet', async () => {
  const first = makeCookies(ANNA, hiker)
  const home = applyCookies(first, (await personalize(makeRequest('/', first))).cookies)
  const { cookies } = await personalize(makeRequest('/product/tent?ref=mail', home, NAVIGATION))
  const product = applyCookies(home, cookies)
  const pin = decodePin(keys, { site: 'site', visitor: ANNA }, RULESET, product.attune_pin!)
  expect(variantsOf(Object.values(pin!))).toEqual({ hero: 'hiking', rail: 'popular', bar: 'mail' })
  const again = await personalize(makeRequest('/product/boots', product, NAVIGATION))
  expect(variantsOf(again.decisions)).toEqual({ rail: 'popular', bar: 'mail' })
})

test('when everything is pinned the store is not asked', async () => {
  const store = { load: vi.fn(async () => hiker) }
  const host = createPersonalizer(makeOptions({ store }))
  const first = makeCookies(ANNA)
  const pinned = applyCookies(first, (await personalize(makeRequest('/', first), host)).cookies)
  await personalize(makeRequest('/', pinned, NAVIGATION), host)
  expect(store.load).toHaveBeenCalledTimes(1)
})

test('a pin of another visitor or another revision is none', async () => {
  const first = makeCookies(BEN, hiker)
  const { attune_pin } = applyCookies({}, (await personalize(makeRequest('/', first))).cookies)
  const stolen = { ...makeCookies(ANNA, makeProfile()), attune_pin: attune_pin! }
  expect(reasons(await personalize(makeRequest('/', stolen, NAVIGATION))).hero?.[0]).toBe('welcome')
  const host = createPersonalizer(makeOptions({ ruleset: publishRuleset({ ...RULESET, revision: 'r2' }) }))
  const old = { ...first, attune_pin: attune_pin! }
  expect(reasons(await personalize(makeRequest('/', old, NAVIGATION), host)).hero?.[0]).toBe('welcome')
})

test.each([
  [{}, true],
  [{ 'sec-fetch-dest': 'document' }, true],
  [{ 'sec-fetch-dest': 'iframe' }, true],
  [{ 'sec-fetch-mode': 'navigate' }, true],
  [{ 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'navigate' }, false],
  [{ 'sec-fetch-mode': 'cors' }, false],
  [{ 'sec-fetch-dest': 'script' }, false],
])('a request with %j asks for a document: %s', async (headers, document) => {
  const first = makeCookies(ANNA, makeProfile())
  const pinned = applyCookies(first, (await personalize(makeRequest('/cart', first))).cookies)
  const changed = { ...pinned, attune_token: makeToken(ANNA, hiker) }
  const request = makeRequest('/cart', changed, headers as { [name: string]: string })
  expect(reasons(await personalize(request)).hero?.[0]).toBe(document ? 'hiking' : 'welcome')
  const said = await personalizer.personalize(request, { document: !document })
  expect(reasons(said!).hero?.[0]).toBe(document ? 'welcome' : 'hiking')
})

test('withdrawn consent clears what is there of visitor, token and pin, and nothing else', async () => {
  const first = makeCookies(ANNA, hiker)
  const pinned = applyCookies(first, (await personalize(makeRequest('/', first))).cookies)
  const withdrawn = { ...pinned, attune_consent: 'none', other: '1' }
  const { cookies } = await personalize(makeRequest('/', withdrawn, NAVIGATION))
  expect(Object.keys(applyCookies(withdrawn, cookies))).toEqual(['attune_consent', 'other'])
  expect(cookies.every((cookie) => cookie.includes('; Path=/;') && cookie.endsWith('; Max-Age=0'))).toBe(true)
  const { attune_pin } = pinned
  const left = await personalize(makeRequest('/', { attune_pin: attune_pin! }))
  expect(left.cookies).toEqual(['__Host-attune_pin=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0'])
})

test('with consent but without a visitor id nothing is pinned', async () => {
  const answer = await personalize(makeRequest('/', { attune_consent: 'preferences' }))
  expect([answer.cookies, reasons(answer).hero]).toEqual([[], ['welcome', 'TARGETING_MATCH']])
})

test('on http cookies are not marked secure', async () => {
  const request = makeRequest('/', makeCookies(ANNA, hiker))
  const plain = Object.defineProperty(request, 'url', { value: 'http://localhost:3000/' })
  expect((await personalize(plain)).cookies[0]).not.toContain('Secure')
})

test('a site without routes personalises nothing', async () => {
  const { routes: _, ...ruleset } = RULESET
  expect(
    await createPersonalizer(makeOptions({ ruleset: publishRuleset(ruleset) })).personalize(makeRequest('/')),
  ).toBeUndefined()
})

test('a missing secret, a short one and a missing ruleset are refused with the cure', () => {
  expect(() => createPersonalizer(makeOptions({ secret: undefined }))).toThrow(
    '[edge] createPersonalizer: `secret` is missing. Set one of 32 characters',
  )
  expect(() => createPersonalizer(makeOptions({ secret: [] }))).toThrow('`secret` is missing')
  expect(() => createPersonalizer(makeOptions({ secret: 'short' }))).toThrow('Use at least 32')
  // A user of JavaScript may leave it out.
  const without = { secret: 'x'.repeat(32) } as unknown as Parameters<typeof createPersonalizer>[0]
  expect(() => createPersonalizer(without)).toThrow('Use `attune publish`')
})

test('a rotated secret keeps its visitors: the old key opens, the new one signs', async () => {
  const secret = ['a-new-secret-of-at-least-thirty-two-chars', makeOptions().secret as string]
  const host = createPersonalizer(makeOptions({ secret }))
  const answer = await personalize(makeRequest('/', makeCookies(ANNA, hiker)), host)
  expect(reasons(answer).hero?.[0]).toBe('hiking')
  expect(decodeCode(keys, 'site', RULESET, '/', answer.code)).toBeUndefined()
})

test('time is read from the clock at each request', async () => {
  let now = NOW
  const host = createPersonalizer(makeOptions({ clock: () => now }))
  const cookies = makeCookies(ANNA, makeProfile(makeViews(3)), { utcOffset: 0 })
  const bar = async (): Promise<unknown> =>
    reasons(await personalize(makeRequest('/product/new', cookies), host)).bar
  expect(await bar()).toEqual(['none', 'DEFAULT'])
  now += 10.5 * 3_600_000
  expect(await bar()).toEqual(['night', 'TARGETING_MATCH'])
})
