import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { publishRuleset } from '@attune/core/publish'
import { afterEach, expect, test } from 'vitest'
import { createNodeMiddleware, type NodeMiddlewareOptions, readAttuned } from '../src/node.ts'
import { ANNA, makeCookies, makeProfile, makeViews, NOW, RULESET, SECRET } from './make.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

const VARIANT = 'private, max-age=0, must-revalidate'
const hiker = (): string =>
  Object.entries(makeCookies(ANNA, makeProfile(makeViews(3))))
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')

async function ask(
  handler: Handler,
  headers: Record<string, string> = {},
  { path = '/', ...options }: Partial<NodeMiddlewareOptions> & { readonly path?: string } = {},
): Promise<Response> {
  const ruleset = publishRuleset(RULESET)
  const attune = createNodeMiddleware({ ruleset, secret: SECRET, clock: () => NOW, ...options })
  const server = createServer(
    (request, response) => void attune(request, response, () => handler(request, response)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' })
}

const shows: Handler = (request, response) => void response.end(readAttuned(request).variants.hero ?? 'none')

test('a handler is told what the page shows, in two ways', async () => {
  const both: Handler = (request, response) =>
    void response.end(JSON.stringify([readAttuned(request), (request as { attune?: unknown }).attune]))
  const [read, put] = (await (await ask(both, { cookie: hiker() })).json()) as unknown[]
  expect(read).toMatchObject({ route: '/', variants: { hero: 'hiking', rail: 'popular' }, preview: false })
  expect(put).toEqual(read)
})

test('a page that is not personalised is told of no variant, and keeps its headers', async () => {
  const handler: Handler = (request, response) => {
    response.writeHead(200, { 'Cache-Control': 'public, max-age=60' })
    response.end(JSON.stringify(readAttuned(request)))
  }
  const answer = await ask(handler, { cookie: hiker() }, { path: '/about' })
  expect(await answer.json()).toEqual({ variants: {}, decisions: [], preview: false })
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  expect(answer.headers.getSetCookie()).toEqual([])
})

test.each<[string, Handler, string]>([
  ['says nothing', (_, response) => void response.end(), VARIANT],
  [
    'sets a header',
    (_, response) => void response.setHeader('Cache-Control', 'public, max-age=9').end(),
    VARIANT,
  ],
  [
    'writes them with the head',
    (_, response) => void response.writeHead(200, { 'Cache-Control': 'public' }).end(),
    VARIANT,
  ],
  [
    'writes them after a message',
    (_, response) => void response.writeHead(200, 'Fine', { 'cache-control': 's-maxage=9' }).end(),
    VARIANT,
  ],
  [
    'writes them one by one',
    (_, response) => void response.writeHead(200, ['cache-control', 'max-age=9', 'x-a', '1']).end(),
    VARIANT,
  ],
  [
    'says that nobody may store it',
    (_, response) => void response.setHeader('Cache-Control', 'no-store').end(),
    'no-store',
  ],
])('no shared cache keeps the page of a handler that %s', async (_, handler, expected) => {
  const answer = await ask(handler, { cookie: hiker() })
  expect(answer.headers.get('cache-control')).toBe(expected)
  expect(answer.headers.getSetCookie()).toHaveLength(1)
})

test('the cookies of a handler stand beside ours, however it writes them', async () => {
  const handlers: readonly Handler[] = [
    (_, response) => void response.setHeader('Set-Cookie', ['a=1', 'b=2']).end(),
    (_, response) => void response.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2'] }).end(),
    (_, response) => void response.writeHead(200, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end(),
  ]
  for (const handler of handlers) {
    const answer = await ask(handler, { cookie: hiker() })
    const names = answer.headers.getSetCookie().map((line) => line.split('=', 1)[0])
    expect(names).toEqual(['a', 'b', 'attune_pin'])
  }
})

test('handlers decide who keeps their page where the site says so, but not of a page that sets cookies', async () => {
  const handler: Handler = (_, response) => void response.setHeader('Cache-Control', 's-maxage=9').end()
  const options = { sharedCache: 'handlers-decide' } as const
  expect((await ask(handler, {}, options)).headers.get('cache-control')).toBe('s-maxage=9')
  expect((await ask(handler, { cookie: hiker() }, options)).headers.get('cache-control')).toBe(VARIANT)
})

test('status and message are the handler’s', async () => {
  const answer = await ask((_, response) => void response.writeHead(404, 'Gone fishing').end('no'))
  expect([answer.status, answer.statusText, await answer.text()]).toEqual([404, 'Gone fishing', 'no'])
})

test('behind a proxy that ends TLS our cookies are those of https', async () => {
  const secure = hiker().replace(/attune_(?=visitor|token)/g, '__Host-attune_')
  for (const [headers, options] of [
    [{ 'x-forwarded-proto': 'https' }, {}],
    [{}, { origin: 'https://shop.example' }],
  ] as const) {
    const answer = await ask(shows, { cookie: secure, ...headers }, options)
    expect(await answer.text()).toBe('hiking')
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-attune_pin=.*; Secure$/)
  }
})

test('a request that the web cannot read is shown what everybody is shown', async () => {
  const attune = createNodeMiddleware({ ruleset: publishRuleset(RULESET), secret: SECRET })
  const request = { url: '/', headers: { host: 'a b' }, socket: {} }
  const heard: unknown[] = []
  const response = { statusCode: 200, headersSent: false } as never
  await attune(request, response, () => heard.push(readAttuned(request).variants))
  expect(heard).toEqual([{}])
})

test('below a router of Express the whole address counts', async () => {
  const attune = createNodeMiddleware({ ruleset: publishRuleset(RULESET), secret: SECRET })
  const request = { url: '/', originalUrl: '/cart', headers: { host: 'shop.example' }, socket: {} }
  const response = { statusCode: 200, headersSent: false } as never
  await attune(request, response, () => {})
  expect(readAttuned(request).route).toBe('/cart')
})
