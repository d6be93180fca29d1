import { createSealKeys, encodeVisitor } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, test } from 'vitest'
import { createPixelRoute } from '../src/pixel.ts'
import { createMyDataRoute } from '../src/rights.ts'

const SECRET = 'a secret of more than thirty-two characters'
const VISITOR = 'AAAAAAAAAAAAAAAAAAAAAA'
const ruleset = publishRuleset({ version: 1, revision: 'r', events: { page_view: {} }, segments: {} })
const options = { ruleset, secret: SECRET, store: () => createMemoryStore() }
const cookie = `__Host-attune_visitor=${encodeVisitor(createSealKeys(SECRET), 'site', VISITOR)}`

/** A request as Next hands it on: its URL names the server, its headers what the visitor asked for. */
const ask = (path: string, init: RequestInit = {}, headers: { readonly [name: string]: string } = {}) =>
  new Request(`http://localhost:3000${path}`, {
    ...init,
    headers: { host: 'shop.example', 'x-forwarded-proto': 'https', cookie, ...headers },
  })

test('a visitor finds the page at its public address, and its buttons work from there', async () => {
  const { GET, POST } = createMyDataRoute(options)
  const page = await (await GET(ask('/attune/my-data'))).text()
  expect(page).toContain('action="/attune/my-data/erase"')
  const [, token = ''] = [...page.matchAll(/name="token" value="([^"]+)"/g)].map(([, found = '']) => found)
  const body = new URLSearchParams({ token, sure: 'yes' })
  const erased = await POST(
    ask('/attune/my-data/erase', { method: 'POST', body }, { origin: 'https://shop.example' }),
  )
  expect([erased.status, erased.headers.getSetCookie()]).toEqual([
    200,
    [
      expect.stringMatching(/^__Host-attune_visitor=; .*Max-Age=0; Secure$/),
      expect.stringMatching(/^attune_gone=\d{13}; Path=\/; SameSite=Lax; .*Secure$/),
    ],
  ])
})

test('a path below the page that is none of its own is a 404', async () => {
  const { GET, POST } = createMyDataRoute(options)
  for (const path of [
    `/attune/my-data/${VISITOR}`,
    '/attune/my-data/erase/x',
    '/attune/my-data/download/erase',
  ])
    for (const handler of [GET, POST]) expect((await handler(ask(path))).status).toBe(404)
})

test('the pixel is a picture, whatever is asked', async () => {
  const { GET } = createPixelRoute(options)
  const answered = await GET(ask('/attune/pixel.gif?e=page_view', {}, { referer: 'https://shop.example/' }))
  expect([answered.status, answered.headers.get('content-type')]).toEqual([200, 'image/gif'])
})
