import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createHonoMiddleware } from '../src/hono.ts'
import { createNodeMiddleware } from '../src/node.ts'
import { createPersonalizer } from '../src/personalize.ts'
import { createPreview } from '../src/preview/preview.ts'
import { createWorker } from '../src/worker.ts'
import { ANNA, keys, makeCookies, makeOptions, makeProfile, makeRequest, makeViews, NOW } from './make.ts'

const hiker = makeCookies(ANNA, makeProfile(makeViews(3)))
const previewing = {
  ...hiker,
  attune_preview: createPreview(keys, 'site', { exp: NOW / 1000 + 60, consent: { preferences: true } }),
}
const TOLD = 'attune;dur=0;desc="token"'

test('a preview is told in how many milliseconds its page was decided, and from what; visitors are told nothing', async () => {
  const { personalize } = createPersonalizer(makeOptions())
  expect((await personalize(makeRequest('/', previewing)))?.timing).toBe(TOLD)
  expect((await personalize(makeRequest('/', hiker)))?.timing).toBeUndefined()
  let now = NOW
  const load = async () => {
    now += 7
    return null
  }
  const slow = createPersonalizer(makeOptions({ clock: () => now, store: { load } }))
  const untold = { ...makeCookies(ANNA), attune_preview: previewing.attune_preview }
  expect((await slow.personalize(makeRequest('/', untold)))?.timing).toBe('attune;dur=7;desc="empty"')
})

test('a handler of Hono adds it to what the page says of its own time', async () => {
  const { ruleset, secret, clock } = makeOptions()
  const middleware = createHonoMiddleware({ ruleset, secret, clock })
  const ask = async (cookies: { readonly [name: string]: string }): Promise<string | null> => {
    const res = new Response('page', { headers: { 'server-timing': 'db;dur=3' } })
    const header = (name: string, value: string, options?: { append?: boolean }): void =>
      options?.append ? res.headers.append(name, value) : res.headers.set(name, value)
    const request = { raw: makeRequest('/', cookies) }
    await middleware({ req: request, res, set: () => {}, header }, async () => {})
    return res.headers.get('server-timing')
  }
  expect([await ask(previewing), await ask(hiker)]).toEqual([`db;dur=3, ${TOLD}`, 'db;dur=3'])
})

test('so does one of node:http', async () => {
  const { ruleset, secret, clock } = makeOptions()
  const attune = createNodeMiddleware({ ruleset, secret, clock })
  const page = (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('server-timing', 'db;dur=3')
    void attune(request, response, () => response.end('page'))
  }
  const server = createServer(page).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const ask = async (cookies: object): Promise<string | null> => {
    const cookie = Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
    return (await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie } })).headers.get('server-timing')
  }
  expect([await ask(previewing), await ask(hiker)]).toEqual([`db;dur=3, ${TOLD}`, 'db;dur=3'])
})

test('so does a Worker', async () => {
  const { ruleset, secret, clock } = makeOptions()
  const origin = async () => new Response('page', { headers: { 'server-timing': 'db;dur=3' } })
  vi.stubGlobal('fetch', origin)
  onTestFinished(() => void vi.unstubAllGlobals())
  const worker = createWorker({ ruleset, secret, clock, origin: 'https://origin.example', keep: 0 })
  const ask = async (cookies: { readonly [name: string]: string }): Promise<string | null> => {
    const answer = await worker.fetch(makeRequest('/', cookies), {}, { waitUntil: () => {} })
    return answer.headers.get('server-timing')
  }
  expect([await ask(previewing), await ask(hiker)]).toEqual([`db;dur=3, ${TOLD}`, 'db;dur=3'])
})
