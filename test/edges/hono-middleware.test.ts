import { type Attuned, createHonoMiddleware, type HonoMiddlewareOptions } from '@attune/edge/hono'
import { type Context, Hono } from 'hono'
import { expect, test } from 'vitest'
import { readRuleset } from '../../examples/hono/ruleset.ts'
import { newSecret } from './hosts.ts'

type Site = { Variables: { attune: Attuned } }

const VARIANT = 'private, max-age=0, must-revalidate'

async function ask(
  handler: (c: Context<Site>) => Response | Promise<Response>,
  { path = '/', ...options }: Partial<HonoMiddlewareOptions> & { readonly path?: string } = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const app = new Hono<Site>()
  app.use(createHonoMiddleware({ ruleset: readRuleset(), secret: newSecret(), ...options }))
  app.get('*', handler)
  return app.request(path, { headers })
}

// Carried without consent, it is taken away.
const WITHDRAWN = { cookie: 'attune_consent=none; attune_visitor=x' }

test('a handler is told what the page shows', async () => {
  const answer = await ask((c) => c.json(c.get('attune')))
  expect(await answer.json()).toMatchObject({
    route: '/',
    variants: { 'home-hero': 'default', offer: 'none' },
  })
  expect(answer.headers.get('cache-control')).toBe(VARIANT)
})

test('a page that is not personalised keeps its headers', async () => {
  const handler = (c: Context<Site>): Response =>
    c.json(c.get('attune'), 200, { 'cache-control': 'public, max-age=9' })
  const answer = await ask(handler, { path: '/about' })
  expect(await answer.json()).toEqual({ variants: {}, decisions: [], preview: false })
  expect(answer.headers.get('cache-control')).toBe('public, max-age=9')
})

test.each<[string, () => Response, string]>([
  ['may be kept by all', () => new Response('', { headers: { 'cache-control': 's-maxage=9' } }), VARIANT],
  ['cannot be changed', () => Response.redirect('http://localhost/cart'), VARIANT],
  ['nobody may store', () => new Response('', { headers: { 'cache-control': 'no-store' } }), 'no-store'],
])('no shared cache keeps an answer that %s', async (_, make, expected) => {
  expect((await ask(make)).headers.get('cache-control')).toBe(expected)
})

test('an answer of a handler that throws is no shared cache’s either', async () => {
  const answer = await ask(() => Promise.reject(new Error('broken')))
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([500, VARIANT])
})

test('the cookies of a handler stand beside ours', async () => {
  const handler = (c: Context<Site>): Response => c.text('', 200, { 'set-cookie': 'a=1' })
  const answer = await ask(handler, {}, WITHDRAWN)
  expect(answer.headers.getSetCookie()).toEqual([
    'a=1',
    expect.stringMatching(/^attune_visitor=;.*Max-Age=0$/),
  ])
})

test('handlers decide who keeps their page where the site says so, but not of a page that sets cookies', async () => {
  const handler = (c: Context<Site>): Response => c.text('', 200, { 'cache-control': 's-maxage=9' })
  const options = { sharedCache: 'handlers-decide' } as const
  expect((await ask(handler, options)).headers.get('cache-control')).toBe('s-maxage=9')
  expect((await ask(handler, options, WITHDRAWN)).headers.get('cache-control')).toBe(VARIANT)
})

test('behind a proxy that ends TLS, or by the origin that is named, cookies are those of https', async () => {
  const carried = { cookie: 'attune_consent=none; __Host-attune_visitor=x' }
  for (const [options, headers] of [
    [{ origin: 'https://shop.example' }, carried],
    [{}, { ...carried, 'x-forwarded-proto': 'https' }],
  ] as const) {
    const [cookie] = (await ask((c) => c.text(''), options, headers)).headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-attune_visitor=;.*Secure/)
  }
})
