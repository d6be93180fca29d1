import { describe, expect, test } from 'vitest'
import { WORDS } from '../../src/rights/page-words.ts'
import { renderData } from '../../src/rights/render-page.ts'
import { summariseRecord } from '../../src/rights/summarise-record.ts'
import { setCookies, VISITOR, visitorCookie } from '../builders.ts'
import { askPage, makeMyData, OTHER, PAGE, pressed, tokensIn } from './make-rights.ts'

const textOf = async (response: Response) => (await response.text()).replaceAll(/nonce(=|-)"?[\w-]+"?/g, '')
const withoutTokens = (html: string) => html.replaceAll(/value="v1~[^"]+"/g, '')

describe('the page', () => {
  test('says in plain words what is kept: what was done on which day, and what is allowed', async () => {
    const { myData } = await makeMyData()
    const answered = await myData.handle(askPage())
    const html = await answered.text()
    expect(answered.status).toBe(200)
    expect(html).toContain('<time>2026-11-22</time></th><td><span><b>2</b> × product looked at</span>')
    expect(html).toContain('Remembering what you look at')
    expect(html).toContain('put aside: 1.')
    // Not who they are taken for: that may be confidential.
    expect(html).not.toMatch(/hiker|nearby|hiking/)
    expect(html).not.toContain(VISITOR)
    expect(html).not.toContain(OTHER)
  })

  test('is kept by no cache, framed by nobody, runs no script and sets no cookie', async () => {
    const { headers } = await (await makeMyData()).myData.handle(askPage())
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]{24}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(headers.getSetCookie()).toEqual([])
  })

  test('of a browser that is not known says so, and has no buttons', async () => {
    const { myData } = await makeMyData()
    for (const attune_visitor of ['', 'v1~abcd~AAAAAAAAAAAAAAAAAAAAAA~forged', VISITOR]) {
      const html = await (await myData.handle(askPage({ attune_visitor }))).text()
      expect(html).toContain('This browser has no number of ours')
      expect(html).not.toContain('<form')
    }
  })

  test('says what a site lets it say, in its language', async () => {
    const { myData } = await makeMyData({ lang: 'de', words: { title: 'Ihre Daten <b>' }, home: '/de/' })
    const html = await (await myData.handle(askPage())).text()
    expect(html).toContain('<html lang="de">')
    expect(html).toContain('<h1>Ihre Daten &lt;b&gt;</h1>')
    expect(html).toContain('<a href="/de/">')
  })
})

test('a trait is shown by what the site calls it, else by its own name in plain words', () => {
  const frame = {
    words: { ...WORDS, traits: { tier: 'Kind of customer' } },
    lang: 'en',
    home: '/',
    path: '/',
    nonce: 'n',
  }
  const nothing = { visitor: VISITOR, profile: null, base: null, events: [], rejected: [] }
  const summary = { ...summariseRecord(nothing), traits: { tier: 'gold', shoe_size: 43 } }
  const html = renderData(frame, { summary, consent: {} }, { download: 'a', erase: 'b' })
  expect(html).toContain('<dt>Kind of customer</dt><dd>gold</dd><dt>shoe size</dt><dd>43</dd>')
})

describe('the download', () => {
  test('is all that is kept of the visitor and of nobody else, proofs of consent as well', async () => {
    const { myData } = await makeMyData()
    const { download } = tokensIn(await (await myData.handle(askPage())).text())
    const answered = await myData.handle(pressed('download', { token: download }))
    expect(answered.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"')
    const text = await answered.text()
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      visitor: VISITOR,
      events: [{ id: 'one' }, { id: 'two', properties: { item_id: `canary-of-${VISITOR}` } }],
      rejected: [{ reason: 'wrong-type' }],
      consent: [{ granted: ['preferences'], text: 'text-AAA', by: 'accept' }],
    })
    expect(text).not.toContain(OTHER)
    expect(text).not.toContain('text-BBB')
  })

  test('may be taken as often as one likes: the page of its button stays on the screen', async () => {
    const { myData, clock } = await makeMyData()
    const { download } = tokensIn(await (await myData.handle(askPage())).text())
    const press = async () => (await myData.handle(pressed('download', { token: download }))).status
    expect(await Promise.all([press(), press()])).toEqual([200, 200])
    clock.now += 15 * 60_000 - 1_000
    expect(await press()).toBe(200)
    clock.now += 1_000
    expect(await press()).toBe(403)
  })
})

describe('deleting', () => {
  test('takes away everything and the cookies, and keeps out what comes later', async () => {
    const { myData, store, log } = await makeMyData()
    const { erase } = tokensIn(await (await myData.handle(askPage())).text())
    const cookies = { attune_token: 'x', attune_pin: 'y', attune_session: 'z' }
    const answered = await myData.handle(pressed('erase', { token: erase, sure: 'yes' }, { cookies }))
    expect(answered.status).toBe(200)
    expect(await answered.text()).toContain('Everything that was kept about this browser is gone')
    const { attune_gone, ...cleared } = setCookies(answered)
    expect(attune_gone).toMatch(/^attune_gone=\d{13}; Path=\/; SameSite=Lax;/)
    expect(Object.keys(cleared).sort()).toEqual([
      'attune_pin',
      'attune_session',
      'attune_token',
      'attune_visitor',
    ])
    expect(Object.values(cleared).every((cookie) => cookie.includes('Max-Age=0'))).toBe(true)
    expect(await store.exportVisitor(VISITOR)).toBeNull()
    expect(await store.exportVisitor(OTHER)).not.toBeNull()
    const late = store.append({ visitor: VISITOR, events: [], plan: { id: 'p', keys: [], signals: [] } })
    await expect(late).rejects.toMatchObject({ name: 'VisitorErasedError' })
    // The proof stays, under a name that leads back to nobody.
    expect(JSON.stringify(await log.read())).not.toContain(VISITOR)
    expect(await log.read()).toHaveLength(2)
  })

  test('is not done unless the visitor said that they are sure', async () => {
    const { myData, store } = await makeMyData()
    const { erase } = tokensIn(await (await myData.handle(askPage())).text())
    expect((await myData.handle(pressed('erase', { token: erase }))).status).toBe(403)
    expect(await store.exportVisitor(VISITOR)).not.toBeNull()
  })
})

describe('a button', () => {
  test('that deletes works once: of two presses at the same moment exactly one is heard', async () => {
    const { myData } = await makeMyData()
    for (let time = 0; time < 20; time++) {
      const { erase } = tokensIn(await (await myData.handle(askPage())).text())
      const both = [1, 2].map(() => myData.handle(pressed('erase', { token: erase, sure: 'yes' })))
      expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 403])
    }
  })

  test('that deletes and was pressed stays pressed for as long as it would work', async () => {
    const { myData, clock } = await makeMyData()
    const press = async (token: string) =>
      (await myData.handle(pressed('erase', { token, sure: 'yes' }))).status
    const get = async () => tokensIn(await (await myData.handle(askPage())).text()).erase
    expect(await press(await get())).toBe(200)
    // Just before what was remembered so far grows old.
    clock.now += 15 * 60_000 - 1_000
    const token = await get()
    expect(await press(token)).toBe(200)
    for (let minute = 0; minute < 15; minute++) {
      expect([minute, await press(token)]).toEqual([minute, 403])
      clock.now += 60_000
    }
  })

  test('works for 15 minutes', async () => {
    const { myData, clock } = await makeMyData()
    const { download } = tokensIn(await (await myData.handle(askPage())).text())
    clock.now += 15 * 60_000
    expect((await myData.handle(pressed('download', { token: download }))).status).toBe(403)
    clock.now -= 1000
    expect((await myData.handle(pressed('download', { token: download }))).status).toBe(200)
  })

  test.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['without an origin', { origin: '' }],
    ['of a frame or a sandbox', { origin: 'null' }],
    ['of a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of nobody’s page', { 'sec-fetch-site': 'none' }],
    ['as JSON', { 'content-type': 'application/json' }],
    ['as text', { 'content-type': 'text/plain' }],
    ['packed', { 'content-encoding': 'gzip' }],
  ])('%s does nothing', async (_name, headers) => {
    const { myData, store } = await makeMyData()
    const { erase } = tokensIn(await (await myData.handle(askPage())).text())
    const answered = await myData.handle(pressed('erase', { token: erase, sure: 'yes' }, { headers }))
    expect(answered.status).toBe(403)
    expect(await store.exportVisitor(VISITOR)).not.toBeNull()
  })

  test('does only what it says: that of the download deletes nothing', async () => {
    const { myData, store } = await makeMyData()
    const { download } = tokensIn(await (await myData.handle(askPage())).text())
    expect((await myData.handle(pressed('erase', { token: download, sure: 'yes' }))).status).toBe(403)
    expect(await store.exportVisitor(VISITOR)).not.toBeNull()
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('by %s does nothing', async (method) => {
    const { myData } = await makeMyData()
    const request = new Request(`${PAGE}/erase`, { method })
    expect((await myData.handle(request)).status).toBe(405)
  })
})

describe('naming somebody else', () => {
  test('in the address, a header or a cookie beside one’s own shows the page that is shown without it', async () => {
    const { myData } = await makeMyData()
    const plain = withoutTokens(await textOf(await myData.handle(askPage())))
    const asked = [
      askPage({}, `${PAGE}?visitor=${OTHER}`),
      askPage({}, `${PAGE}?attune_visitor=${encodeURIComponent(visitorCookie(OTHER))}`),
      askPage({ visitor: OTHER, attune_account: visitorCookie(OTHER) }),
    ]
    for (const name of ['x-visitor', 'authorization', 'attune-visitor', 'x-user-id']) {
      const request = askPage()
      request.headers.set(name, name === 'authorization' ? `Bearer ${visitorCookie(OTHER)}` : OTHER)
      asked.push(request)
    }
    for (const request of asked) {
      expect(withoutTokens(await textOf(await myData.handle(request)))).toBe(plain)
    }
  })

  test('in a form is refused, always in the same words, and tells nothing', async () => {
    const { myData, store } = await makeMyData()
    const own = async () => tokensIn(await (await myData.handle(askPage())).text())
    const theirs = tokensIn(
      await (await myData.handle(askPage({ attune_visitor: visitorCookie(OTHER) }))).text(),
    )
    const sure = { sure: 'yes' }
    const asked = [
      pressed('erase', { token: theirs.erase, ...sure }),
      pressed('download', { token: theirs.download }),
      pressed('erase', { token: (await own()).erase, ...sure, visitor: OTHER }),
      pressed('download', { token: (await own()).download, visitor: OTHER }),
      pressed('download', { token: (await own()).download }, { url: `${PAGE}/download?visitor=${OTHER}` }),
      pressed('download', { token: OTHER }),
      pressed('download', { token: visitorCookie(OTHER) }),
      pressed('download', { token: (await own()).download }, { cookies: { attune_visitor: '' } }),
      pressed('download', { token: 'nobody was ever called so' }),
    ]
    const answers: string[] = []
    for (const request of asked) {
      const answered = await myData.handle(request)
      expect(answered.status).toBe(403)
      expect(answered.headers.getSetCookie()).toEqual([])
      answers.push(await textOf(answered))
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).not.toContain(OTHER)
    for (const visitor of [VISITOR, OTHER]) expect(await store.exportVisitor(visitor)).not.toBeNull()
  })
})

test('what cannot be written down is not done, and a store that is away is told as such', async () => {
  const told: string[] = []
  const { myData, store } = await makeMyData({
    writeDown: async () => Promise.reject(new Error('the disk is full')),
    onError: (_, step) => told.push(step),
  })
  const { erase } = tokensIn(await (await myData.handle(askPage())).text())
  const answered = await myData.handle(pressed('erase', { token: erase, sure: 'yes' }))
  expect([answered.status, answered.headers.getSetCookie(), told]).toEqual([503, [], ['my-data']])
  expect(await store.exportVisitor(VISITOR)).not.toBeNull()
})

test('who fills the memory of buttons closes nobody’s', async () => {
  const { myData, store } = await makeMyData({ replays: { claim: async () => 'full' } })
  const { erase } = tokensIn(await (await myData.handle(askPage())).text())
  const answered = await myData.handle(pressed('erase', { token: erase, sure: 'yes' }))
  expect(answered.status).toBe(200)
  expect(await store.exportVisitor(VISITOR)).toBeNull()
})
