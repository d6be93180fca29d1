import { encodeToken, encodeVisitor } from '@attune/core'
import { describe, expect, test } from 'vitest'
import {
  COMPILED,
  cookieValue,
  KEYS,
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  type RequestParts,
  readAnswer,
  setCookies,
  tokenProfile,
  URL_OF_COLLECTOR,
  VISITOR,
  visitorCookie,
  visitorOf,
} from './builders.ts'

const other = 'BBBBBBBBBBBBBBBBBBBBBA'

async function send(parts: RequestParts, store = makeStore()) {
  const response = await makeCollector({ store }).handle(makeRequest(parts))
  return { response, cookies: setCookies(response), answer: await readAnswer(response), store }
}
const consent = (granted: string, more: object = {}) => ({ cookies: { attune_consent: granted, ...more } })
const named = (...names: readonly string[]) =>
  makeBatch(names.map((name) => makeEvent(name, { name, properties: {} })))

describe('consent', () => {
  test.each([
    ['preferences', ['view_item', 'heartbeat']],
    ['statistics', ['scroll', 'heartbeat']],
    ['statistics-anonymous', ['visit', 'heartbeat']],
    ['marketing', ['ad_click', 'heartbeat']],
    ['preferences.statistics', ['view_item', 'scroll', 'heartbeat']],
    ['none', ['heartbeat']],
    ['', ['heartbeat']],
    ['Preferences', ['heartbeat']],
    ['preferences%2Estatistics', ['heartbeat']],
    ['preferences.nonsense', ['view_item', 'heartbeat']],
    [`preferences.${'x'.repeat(300)}`, ['heartbeat']],
  ])('"%s" takes %j of one event a purpose', async (granted, taken) => {
    const names = ['view_item', 'scroll', 'visit', 'ad_click', 'heartbeat']
    const { answer } = await send({ ...consent(granted), body: named(...names) })
    const refused = answer.rejected.map(({ id, reason }) => [id, reason])
    expect(refused).toEqual(names.filter((name) => !taken.includes(name)).map((name) => [name, 'consent']))
    expect(answer.accepted).toBe(taken.length)
  })

  test('that stands in two cookies is none', async () => {
    const cookie = 'attune_consent=preferences; attune_consent=preferences'
    expect((await send({ headers: { cookie } })).answer.rejected[0]?.reason).toBe('consent')
  })

  test('to marketing and preferences is taken back by Global Privacy Control, unless it was said in spite of it', async () => {
    const body = named('ad_click', 'view_item', 'scroll')
    const said = 'marketing.preferences.statistics'
    const headers = { 'sec-gpc': '1' }
    expect((await send({ ...consent(said), body })).answer.accepted).toBe(3)
    const { answer } = await send({ ...consent(said), body, headers })
    expect(answer.rejected.map(({ id }) => id)).toEqual(['ad_click', 'view_item'])
    expect((await send({ ...consent(`${said}.gpc`), body, headers })).answer.accepted).toBe(3)
  })

  test('of visitors who were not asked is what the owner says, until they say something themselves', async () => {
    const body = named('view_item', 'scroll', 'ad_click')
    const taken = async (cookies: Record<string, string>, headers: Record<string, string> = {}) => {
      const collector = makeCollector({ unasked: ['preferences', 'marketing'] })
      return (await readAnswer(await collector.handle(makeRequest({ body, cookies, headers })))).accepted
    }
    expect(await taken({ attune_consent: '', attune_visitor: '' })).toBe(2)
    expect(await taken({ attune_consent: '', attune_visitor: '' }, { 'sec-gpc': '1' })).toBe(0)
    expect(await taken({ attune_consent: 'none' })).toBe(0)
    // Nobody can say what it says.
    expect(await taken({}, { cookie: 'attune_consent=none; attune_consent=none' })).toBe(0)
    expect(await taken({}, { cookie: `x=${'x'.repeat(9_000)}; attune_consent=none` })).toBe(0)
  })

  test.each([
    [{ country: 'US', region: 'TX' }, 2],
    [{ country: 'US', region: 'US-CA' }, 0],
    [{ country: 'DE' }, 0],
    [{ region: 'TX' }, 0],
    [{}, 0],
  ])(
    'of visitors who were not asked may hang on the region: in %j %i events are taken',
    async (geo, taken) => {
      const unasked = { US: ['preferences', 'marketing'], 'US-CA': [] } as const
      const collector = makeCollector({ unasked, context: () => ({ geo }) })
      const request = makeRequest({
        body: named('view_item', 'scroll', 'ad_click'),
        cookies: { attune_consent: '', attune_visitor: '' },
      })
      expect((await readAnswer(await collector.handle(request))).accepted).toBe(taken)
    },
  )

  test('Do Not Track is obeyed where the owner says so, like Global Privacy Control', async () => {
    const taken = async (doNotTrack: 'ignore' | 'obey' | undefined, said: string) => {
      const collector = makeCollector(doNotTrack === undefined ? {} : { doNotTrack })
      const request = makeRequest({
        body: named('view_item', 'scroll', 'ad_click'),
        cookies: { attune_consent: said },
        headers: { dnt: '1' },
      })
      return (await readAnswer(await collector.handle(request))).accepted
    }
    const said = 'preferences.statistics.marketing'
    expect([await taken(undefined, said), await taken('ignore', said), await taken('obey', said)]).toEqual([
      3, 3, 1,
    ])
    expect(await taken('obey', `${said}.gpc`)).toBe(3)
  })

  test('without preferences leaves no cookie, and takes ours away', async () => {
    const fresh = await send({ ...consent('statistics', { attune_visitor: '' }), body: named('scroll') })
    expect(fresh.cookies).toEqual({})
    const more = { attune_token: 'x', attune_pin: 'y' }
    const { cookies } = await send({ ...consent('statistics', more), body: named('scroll') })
    expect(Object.keys(cookies)).toEqual(['attune_visitor', 'attune_token', 'attune_pin'])
    for (const value of Object.values(cookies)) expect(value).toContain('; Max-Age=0')
  })

  test('without preferences joins no events to each other or to the visitor, and still finds repetitions', async () => {
    const visitors: string[] = []
    const store = makeStore()
    const append: typeof store.append = (batch) => {
      visitors.push(batch.visitor)
      return store.append(batch)
    }
    const parts = { ...consent('statistics.statistics-anonymous'), body: named('scroll', 'visit') }
    const spy = { ...store, append }
    expect((await send(parts, spy)).answer).toEqual({ accepted: 2, duplicates: 0, rejected: [] })
    expect((await send(parts, spy)).answer).toEqual({ accepted: 0, duplicates: 2, rejected: [] })
    expect(visitors.slice(0, 2)).toEqual(['~scroll', '~visit'])
    expect(await store.load(VISITOR, COMPILED.plan)).toBeNull()
  })
})

describe('a visitor', () => {
  test('who is new gets a signed id for 400 days', async () => {
    const { response, cookies } = await send(consent('preferences', { attune_visitor: '' }))
    expect(cookies.attune_visitor).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure$/)
    expect(visitorOf(response)).toBe(VISITOR)
  })

  test('whose first batch comes again because its answer was lost is the same visitor', async () => {
    const time = NOW - 1000
    const id = `${time.toString(36)}0123456789`
    const store = makeStore()
    const chance = (seed: number) =>
      makeCollector({ store, randomBytes: (count) => new Uint8Array(count).fill(seed) })
    const first = (event: object) =>
      makeRequest({ body: makeBatch([event]), cookies: { attune_visitor: '' } })
    const sent = await chance(1).handle(first(makeEvent(id, { time })))
    const again = await chance(2).handle(first(makeEvent(id, { time })))
    expect(visitorOf(again)).toBe(visitorOf(sent))
    expect(await readAnswer(again)).toMatchObject({ accepted: 0, duplicates: 1 })
    const elsewhere = await chance(3).handle(first(makeEvent('guessable', { time })))
    expect(visitorOf(elsewhere)).not.toBe(visitorOf(sent))
  })

  describe('whose page asks for the id', () => {
    const headers = { 'attune-ask': 'visitor' }
    const told = async (parts: RequestParts): Promise<unknown> =>
      (await send({ headers, ...parts })).answer.visitor

    test('is told the one in the cookie that it has or gets', async () => {
      expect(await told({ cookies: { attune_visitor: visitorCookie(other) } })).toBe(other)
      const { response, answer } = await send({ headers, ...consent('preferences', { attune_visitor: '' }) })
      expect(answer.visitor).toBe(visitorOf(response))
    })

    test('is told it also when nothing of the batch is taken, if it has the cookie', async () => {
      const body = makeBatch([makeEvent('a', { name: 'unheard_of' })])
      expect(await told({ body, cookies: { attune_visitor: visitorCookie(other) } })).toBe(other)
      expect(await told({ body, cookies: { attune_visitor: '' } })).toBeUndefined()
    })

    test('is told none without preferences, and none without asking', async () => {
      expect(await told({ ...consent('statistics'), body: named('scroll') })).toBeUndefined()
      expect(await told({ headers: {} })).toBeUndefined()
    })
  })

  test('who is known keeps the id', async () => {
    const { response } = await send({ cookies: { attune_visitor: visitorCookie(other) } })
    expect(visitorOf(response)).toBe(other)
  })

  test.each([
    ['forged', encodeVisitor(KEYS, 'site', other).replace('BBB', 'CCC')],
    ['of another site', encodeVisitor(KEYS, 'elsewhere', other)],
    ['bare', other],
    ['over-long', 'x'.repeat(5_000)],
    ['that stands twice', `${visitorCookie(other)}; attune_visitor=${visitorCookie(other)}`],
  ])('whose cookie is %s counts as new', async (_, cookie) => {
    const { response } = await send({ cookies: { attune_visitor: cookie } })
    expect(visitorOf(response)).toBe(VISITOR)
  })

  test('behind a cookie header over 8 KB has granted nothing', async () => {
    const { answer, cookies } = await send({ cookies: { junk: 'x'.repeat(9_000) } })
    expect(answer.rejected[0]?.reason).toBe('consent')
    expect(cookies).toEqual({})
  })

  test('of whom nothing is taken gets no cookie', async () => {
    const { cookies } = await send({
      cookies: { attune_visitor: '' },
      body: makeBatch([makeEvent('a', { name: 'unknown' })]),
    })
    expect(cookies).toEqual({})
  })

  test('who asks without https gets cookies without Secure', async () => {
    const { cookies } = await send({ url: URL_OF_COLLECTOR.replace('https', 'http') })
    expect(Object.values(cookies).join()).not.toContain('Secure')
  })
})

describe('the token', () => {
  test('carries the profile after the batch, for a day', async () => {
    const { response, cookies, store } = await send({})
    expect(cookies.attune_token).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure$/)
    const stored = await store.load(VISITOR, COMPILED.plan)
    expect(tokenProfile(response)?.signals).toEqual(stored?.signals)
    expect(tokenProfile(response)?.firstSeen).toBe(NOW / 1000 - 1)
  })

  test('is of no use to somebody else', async () => {
    const { response } = await send({})
    expect(tokenProfile(response, other)).toBeUndefined()
  })

  test('carries where the visitor’s clock stands, if the browser says so soundly', async () => {
    const offsetAfter = async (utcOffset: unknown) => {
      const { response } = await send({ body: makeBatch([makeEvent()], { utcOffset }) })
      const profile = tokenProfile(response)!
      const owner = { site: 'site', visitor: VISITOR }
      const candidates = [60, -720, null]
      const token = (offset: number | null) =>
        encodeToken(KEYS, owner, COMPILED, { profile, issuedAt: NOW / 1000, utcOffset: offset })
      return candidates.find((offset) => token(offset) === cookieValue(response, 'attune_token'))
    }
    expect(await offsetAfter(60)).toBe(60)
    expect(await offsetAfter(-720)).toBe(-720)
    for (const bad of [901, 1.5, '60', null]) expect(await offsetAfter(bad)).toBeNull()
  })

  test('is taken away when the profile has grown too large for a cookie', async () => {
    const categories = Array.from({ length: 50 }, (_, at) => `${at}${'category'.repeat(20)}`)
    const events = categories.map((item_category, at) =>
      makeEvent(`e${at}`, { properties: { item_category } }),
    )
    const { cookies, answer } = await send({ body: makeBatch(events) })
    expect(answer.accepted).toBe(50)
    expect(cookies.attune_token).toContain('attune_token=; ')
    expect(cookies.attune_token).toContain('Max-Age=0')
  })
})
