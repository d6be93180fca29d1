import { createHmac } from 'node:crypto'
import type { PublishedRuleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createHttpRuleset, type HttpRulesetOptions } from '../src/ruleset-http.ts'

const SECRET = 'a secret of more than thirty-two characters'
const server = setupServer()
beforeAll(() => server.listen())
afterAll(() => server.close())

let addresses = 0

/** A publisher at an address of its own, a source that reads it, and a clock that stands still. */
function makeSource(over: Partial<HttpRulesetOptions> = {}) {
  const url = `https://cms${++addresses}.test/ruleset`
  const site = {
    now: 0,
    published: publish('r1'),
    answer: undefined as (() => Response) | undefined,
    asked: [] as (string | null)[],
    signatures: [] as (string | null)[],
  }
  server.use(
    http.get(url, ({ request }) => {
      site.asked.push(request.headers.get('if-none-match'))
      site.signatures.push(request.headers.get('attune-signature'))
      return site.answer?.() ?? answerRuleset(site.published, request.headers.get('if-none-match'))
    }),
  )
  const onError = vi.fn()
  const source = createHttpRuleset({
    url,
    secret: SECRET,
    clock: () => site.now,
    random: () => 0.5,
    onError,
    ...over,
  })
  return { url, site, source, onError, revision: async () => (await source.load()).revision }
}

function publish(revision: string): PublishedRuleset {
  return publishRuleset({ version: 1, revision })
}

function answerRuleset(ruleset: PublishedRuleset, known: string | null = null): Response {
  const body = JSON.stringify(ruleset)
  const etag = `"${ruleset.revision}"`
  if (known === etag) return new HttpResponse(null, { status: 304 })
  return new HttpResponse(body, { headers: { etag, 'attune-signature': sign(body) } })
}

function sign(body: string, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

test('the ruleset is asked for once and then looked after behind the answers', async () => {
  const { site, source, revision } = makeSource()
  expect(await Promise.all([revision(), revision()])).toEqual(['r1', 'r1'])
  expect(site.asked).toEqual([null])

  site.published = publish('r2')
  site.now = 29_999
  expect(await revision()).toBe('r1')
  site.now = 30_000
  expect(await revision()).toBe('r1')
  await vi.waitFor(async () => expect(await revision()).toBe('r2'))
  expect(site.asked).toEqual([null, '"r1"'])
  expect(source.recent().map((ruleset) => ruleset.revision)).toEqual(['r2', 'r1'])
})

test('every question is signed, so that a publisher may tell all', async () => {
  const { site, source } = makeSource()
  site.now = 1_234_567
  await source.load()
  const mac = createHmac('sha256', SECRET).update('ruleset\n1234').digest('hex')
  expect(site.signatures).toEqual([`v1.1234.${mac}`])
})

test('an unchanged ruleset stays the same object, so that nothing is compiled again', async () => {
  const { site, source } = makeSource()
  const first = await source.load()
  await source.refresh()
  expect(await source.load()).toBe(first)
  expect(site.asked).toEqual([null, '"r1"'])
})

test('refresh asks at once, even behind an asking that is under way', async () => {
  const { site, source, revision } = makeSource()
  const first = revision()
  const refreshed = source.refresh()
  expect(await first).toBe('r1')
  site.published = publish('r2')
  await refreshed
  expect(await revision()).toBe('r2')
})

test.each([
  ['a lost connection', () => HttpResponse.error()],
  ['an error', () => new HttpResponse('sorry', { status: 503 })],
  ['a page', () => HttpResponse.html('<p>moved</p>')],
  ['no signature', () => HttpResponse.json(publish('r2'))],
  ['another’s signature', () => signed(JSON.stringify(publish('r2')), sign('x'))],
  [
    'a body cut short',
    () => signed(JSON.stringify(publish('r2')).slice(0, -9), sign(JSON.stringify(publish('r2')))),
  ],
  ['signed nonsense', () => signed('{"published":', sign('{"published":'))],
  [
    'another format',
    () => signed('{"published":9,"revision":"r2"}', sign('{"published":9,"revision":"r2"}')),
  ],
  [
    'a ruleset without parts',
    () => signed('{"published":1,"revision":"r2"}', sign('{"published":1,"revision":"r2"}')),
  ],
  ['304 for nothing', () => new HttpResponse(null, { status: 304 })],
])('%s does not take the place of the last good ruleset', async (what, answer) => {
  const { site, source, onError, revision } = makeSource()
  await source.load()
  site.answer = answer
  await source.refresh()
  expect(await revision()).toBe('r1')
  // We have one, so 304 says that it is right.
  expect(onError).toHaveBeenCalledTimes(what === '304 for nothing' ? 0 : 1)
})

test('before the first good answer it rejects with the cure, and asks again after two seconds', async () => {
  const { site, source, revision } = makeSource()
  site.answer = () => signed('{}', sign('{}', 'another secret of more than thirty-two characters'))
  await expect(source.load()).rejects.toThrow(/Give both sides the same ATTUNE_SECRET/)
  site.now = 1_999
  await expect(source.load()).rejects.toThrow()
  expect(site.asked).toHaveLength(1)
  site.answer = undefined
  site.now = 2_000
  expect(await revision()).toBe('r1')
})

test('a revision that was replaced never comes back', async () => {
  const { site, source, onError, revision } = makeSource()
  await source.load()
  site.published = publish('r2')
  await source.refresh()
  site.published = publish('r1')
  await source.refresh()
  expect(await revision()).toBe('r2')
  expect(onError.mock.calls[0]?.[0]).toMatchObject({
    message: expect.stringContaining('r1 was replaced by r2'),
  })
  site.published = publish('r3')
  await source.refresh()
  expect(await revision()).toBe('r3')
})

test('an answer that takes too long is given up', async () => {
  const { site, source } = makeSource({ timeout: 20 })
  site.answer = () => new Response(new ReadableStream())
  await expect(source.load()).rejects.toThrow(/cms\d+\.test\/ruleset did not answer: .*timeout/)
})

test('any of several secrets will do, and created twice it is one source', async () => {
  const secret = ['a newer secret of more than thirty-two characters', SECRET]
  const { url, site, source, revision } = makeSource({ secret })
  const again = createHttpRuleset({ url, secret })
  expect(await revision()).toBe('r1')
  await again.load()
  expect(again).toBe(source)
  expect(site.asked).toHaveLength(1)
})

test('an answer of more than 4 MiB is given up before all of it came', async () => {
  const { site, source, onError, revision } = makeSource()
  await source.load()
  let pulled = 0
  const endless = () =>
    new ReadableStream({
      pull: (controller) => {
        pulled += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    })
  site.answer = () => new Response(endless())
  await source.refresh()
  expect(await revision()).toBe('r1')
  expect(onError.mock.calls[0]?.[0].message).toMatch(/did not answer: it has more than 4194304 bytes/)
  expect(pulled).toBeLessThan(8 * 1024 * 1024)
})

test('an address that holds a password is refused without telling it', () => {
  const url = 'https://name:word@cms.test/ruleset'
  expect(() => createHttpRuleset({ url, secret: SECRET })).toThrow(/`url` holds a name or a password/)
})

test('what was asked, such as a token, is in no message', async () => {
  const onError = vi.fn()
  const fetch = async () => new Response(null, { status: 500 })
  const source = createHttpRuleset({ url: 'https://cms.test/x?key=word', secret: SECRET, fetch, onError })
  await expect(source.load()).rejects.toThrow('https://cms.test/x has the status 500')
  expect(JSON.stringify(source.state())).not.toContain('word')
})

test('a missing address or secret is said at once, with the cure', () => {
  expect(() => createHttpRuleset({ url: undefined, secret: SECRET })).toThrow(/`url` is missing/)
  expect(() => createHttpRuleset({ url: 'https://cms.test', secret: 'short' })).toThrow(/ATTUNE_SECRET/)
})

function signed(body: string, signature: string): Response {
  return new HttpResponse(body, { headers: { 'attune-signature': signature } })
}
