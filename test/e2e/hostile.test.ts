import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PERSON } from '../support/browser.ts'
import { createVisitor, type HttpVisitor } from '../support/http-visitor.ts'
import { type ShopServer, startShop } from '../support/shop-server.ts'

const built = fileURLToPath(new URL('../../examples/next-shop/.next/server', import.meta.url))

// Pages are kept under their own addresses; shops of other tests write beside this one's.
async function keptPages(of: string): Promise<readonly string[]> {
  return (await readdir(built, { recursive: true })).filter((name) => name.includes(of))
}

describe('hostile requests', () => {
  let shop: ShopServer
  let hiker: HttpVisitor

  beforeAll(async () => {
    shop = await startShop()
    hiker = createVisitor(shop.origin)
    hiker.grant('preferences')
    await hiker.send(
      ['a', 'b', 'c'].map((id) => ({
        name: 'view_item',
        properties: { item_id: id, item_category: 'hiking' },
      })),
    )
    expect((await hiker.get('/')).variants['home-hero']).toBe('hiking')
  })
  afterAll(() => shop?.stop())

  test('a forged code is a 404', async () => {
    const { pathname } = new URL((await hiker.get('/')).headers.get('x-middleware-rewrite')!, shop.origin)
    const [, prefix, code = ''] = pathname.split('/')
    const forged = [...Array(code.length).keys()].map(
      (at) => code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1),
    )
    for (const bad of [...forged, 'x', 'v1~a~b~c', randomBytes(40).toString('hex'), '..%2f', '__proto__']) {
      const answer = await hiker.get(`/${prefix}/${bad}`)
      expect([404, 308]).toContain(answer.status)
      expect(answer.text).not.toContain('data-attune-variant="hiking"')
    }
    const direct = await hiker.get(pathname)
    expect([200, 404]).toContain(direct.status)
    // Spelled so that a router might take it for another path.
    for (const spelled of [
      `/%61ttune/${code}`,
      `//attune/${code}`,
      `/attune%2f${code}`,
      `/attune/${code}.rsc`,
      `/attune/../attune/x`,
    ]) {
      const answer = await hiker.get(spelled)
      expect(answer.status).toBeLessThan(500)
    }
  })

  test('every flipped bit of a token falls back to the store or the baseline, never to a failure', async () => {
    const token = hiker.cookies.get('attune_token')!
    const visitor = createVisitor(shop.origin)
    for (const [name, value] of hiker.cookies) if (name !== 'attune_pin') visitor.cookies.set(name, value)
    const seen: string[] = []
    for (let at = 0; at < token.length; at += 5) {
      const flipped = String.fromCharCode(token.charCodeAt(at) ^ 1)
      visitor.cookies.set('attune_token', token.slice(0, at) + flipped + token.slice(at + 1))
      const answer = await visitor.get('/')
      expect(answer.status).toBe(200)
      seen.push(answer.variants['home-hero'] ?? 'none')
    }
    // The store knows this visitor, unless it takes longer than its deadline on a busy machine.
    expect(seen).toContain('hiking')
    expect(seen.filter((variant) => variant !== 'hiking' && variant !== 'default')).toEqual([])
  })

  test('another visitor’s token tells nothing about the one who stole it', async () => {
    const thief = createVisitor(shop.origin)
    thief.grant('preferences')
    await thief.send([{ name: 'view_item_list' }])
    thief.cookies.set('attune_token', hiker.cookies.get('attune_token')!)
    expect((await thief.get('/')).variants['home-hero']).toBe('default')
  })

  test.each([
    ['a wrong content type', { 'content-type': 'application/xml' }, '{}', 415],
    ['no JSON', { 'content-type': 'application/json' }, '{"events":[', 400],
    [
      'a body of 1 MB',
      { 'content-type': 'application/json' },
      JSON.stringify({ events: [], pad: 'x'.repeat(1 << 20) }),
      413,
    ],
    ['a list', { 'content-type': 'application/json' }, '[]', 400],
    [
      'nesting 5,000 deep',
      { 'content-type': 'application/json' },
      '['.repeat(5_000) + ']'.repeat(5_000),
      400,
    ],
    [
      'a strange origin',
      { 'content-type': 'application/json', origin: 'https://evil.example' },
      '{"sent":1,"events":[]}',
      403,
    ],
  ])('the collector answers %s with a clear refusal', async (_name, headers, body, status) => {
    const answer = await fetch(`${shop.origin}/attune/collect`, { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toMatch(/at .*\.(js|ts):\d+/)
  })

  test('a poisoned __proto__ is refused alone; the good event beside it is kept', async () => {
    const good = {
      id: 'good-event-0000000001',
      name: 'view_item',
      time: Date.now(),
      properties: { item_id: 'a', item_category: 'camping' },
    }
    const poison =
      '{"id":"bad-event-00000000001","name":"view_item","time":1,"properties":{"__proto__":{"polluted":1}}}'
    const visitor = createVisitor(shop.origin)
    const answer = await fetch(`${shop.origin}/attune/collect`, {
      method: 'POST',
      headers: {
        'user-agent': PERSON,
        'content-type': 'application/json',
        cookie: 'attune_consent=preferences',
      },
      body: `{"sent":${Date.now()},"utcOffset":0,"page":"/","events":[${poison},${JSON.stringify(good)}]}`,
    })
    expect(answer.status).toBeLessThan(500)
    const result = (await answer.json()) as { accepted: number; rejected: { id: string; reason: string }[] }
    expect(result.accepted).toBe(1)
    expect(result.rejected).toHaveLength(1)
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=')
      visitor.cookies.set(name, value)
    }
    visitor.grant('preferences')
    expect((await visitor.get('/')).variants['home-hero']).toBe('camping')
  })

  test('hostile headers and cookies never cause a failure, nor another visitor’s page', async () => {
    const long = 'x'.repeat(6_000)
    const headers: Record<string, string>[] = [
      { cookie: `attune_token=${long}; attune_visitor=${long}` },
      {
        cookie:
          'attune_visitor=a; attune_visitor=b; attune_token=~~~; attune_pin=%00; attune_consent=preferences',
      },
      { cookie: '=;;;=attune_token=;attune_consent=__proto__.constructor' },
      { 'x-middleware-rewrite': '/attune/x', 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      { 'next-url': '//evil.example/attune/x', rsc: '1', 'sec-fetch-dest': 'empty' },
      { 'x-vercel-ip-country': '\u00ff'.repeat(200), 'accept-language': ';;q=,,--' },
      { referer: 'not a url', 'user-agent': '('.repeat(500) },
    ]
    for (const header of headers) {
      const answer = await createVisitor(shop.origin).get('/?utm_source=%ff&a[__proto__]=1', header)
      expect(answer.status).toBeLessThan(500)
      if (answer.status === 200 && header.rsc === undefined)
        expect(answer.variants['home-hero']).toBe('default')
      expect(answer.headers.get('location') ?? '').not.toContain('evil')
    }
  })

  test('made-up products are 404s that leave nothing in the cache', async () => {
    // The first 404 is rendered once for all; what earlier requests rendered may still be on its way to the disk.
    await hiker.get('/product/made-up')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const before = await keptPages('made-up')
    for (let number = 0; number < 40; number++) {
      const answer = await hiker.get(`/product/made-up-${number}`)
      expect(answer.status).toBe(404)
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(await keptPages('made-up')).toEqual(before)
    // Pages that there are leave what is looked for.
    await hiker.get('/product/enamel-mug')
    await expect.poll(async () => (await keptPages('product/enamel-mug')).length).toBeGreaterThan(0)
  })

  test('consent withdrawn is heeded on every page: what lets the visitor be recognised is taken away', async () => {
    const visitor = createVisitor(shop.origin)
    for (const [name, value] of hiker.cookies) visitor.cookies.set(name, value)
    visitor.grant('none')
    await visitor.get('/privacy')
    expect([...visitor.cookies.keys()]).toEqual(['attune_consent'])
  })

  test('no internal name leaks in answers', async () => {
    const answer = await hiker.get('/')
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    expect(headers + answer.text).not.toMatch(
      /high-intent|unfinished-cart|mobile-in-britain|hero-hiking|hero-climbing/,
    )
  })
})
