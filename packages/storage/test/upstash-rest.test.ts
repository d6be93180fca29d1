import { delay, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createUpstashCommands } from '../src/drivers/upstash-commands.ts'
import { createUpstashRest, type UpstashAddress } from '../src/drivers/upstash-rest.ts'
import { StoreBusyError, StoreWriteError } from '../src/store-error.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterAll(() => server.close())

const TOKEN = 'a-token'
const SCRIPT = { source: 'return 1', sha: 'a'.repeat(40) }
let addresses = 0

interface Asked {
  readonly path: string
  readonly headers: Headers
  readonly body: unknown
}

/** A database at an address of its own, which answers as the test says. */
function makeDatabase(answers: readonly (() => Response | Promise<Response>)[], timeout = 5_000) {
  const url = `https://db${++addresses}.test`
  const asked: Asked[] = []
  server.use(
    http.post(`${url}/*`, async ({ request }) => {
      asked.push({
        path: new URL(request.url).pathname,
        headers: request.headers,
        body: await request.json(),
      })
      return answers[asked.length - 1]!()
    }),
  )
  const address: UpstashAddress = { url, token: TOKEN, timeout }
  const rest = createUpstashRest('upstash', address)
  return { url, asked, commands: createUpstashCommands('upstash', rest) }
}

const result = (value: unknown, init?: ResponseInit) => () => HttpResponse.json({ result: value }, init)
const error =
  (message: string, status = 400) =>
  () =>
    HttpResponse.json({ error: message }, { status })

test('a pipeline is one request, sent with the token and nothing about this program', async () => {
  const { asked, commands } = makeDatabase([() => HttpResponse.json([{ result: 'a' }, { result: null }])])
  expect(
    await commands.pipeline([
      ['GET', 'a'],
      ['HGET', 'b', 'c'],
    ]),
  ).toEqual(['a', null])
  expect(asked.map(({ path, body }) => [path, body])).toEqual([
    [
      '/pipeline',
      [
        ['GET', 'a'],
        ['HGET', 'b', 'c'],
      ],
    ],
  ])
  const { headers } = asked[0]!
  expect(headers.get('authorization')).toBe(`Bearer ${TOKEN}`)
  expect([...headers.keys()].filter((name) => /upstash-(telemetry|encoding)/.test(name))).toEqual([])
})

test('nothing is asked for no commands', async () => {
  const { asked, commands } = makeDatabase([])
  expect(await commands.pipeline([])).toEqual([])
  expect(asked).toEqual([])
})

test('text stays text, whatever it looks like', async () => {
  const { commands } = makeDatabase([result(['true', '007', '{"a":1}', 7, null])])
  expect(await commands.run(SCRIPT, [], [])).toEqual(['true', '007', '{"a":1}', 7, null])
})

test('a script is run by its hash, and sent whole once the service does not know it', async () => {
  const { asked, commands } = makeDatabase([result(1), error('NOSCRIPT No matching script.'), result(2)])
  expect(await commands.run(SCRIPT, ['key'], ['x', 5])).toBe(1)
  expect(await commands.run(SCRIPT, ['key'], ['x', 5])).toBe(2)
  expect(asked.map(({ body }) => body)).toEqual([
    ['EVALSHA', SCRIPT.sha, 1, 'key', 'x', 5],
    ['EVALSHA', SCRIPT.sha, 1, 'key', 'x', 5],
    ['EVAL', SCRIPT.source, 1, 'key', 'x', 5],
  ])
})

test('a request says what was last answered, so that a region that lags behind catches up first', async () => {
  const token = (name: string) => ({ headers: { 'upstash-sync-token': name } })
  const { asked, commands } = makeDatabase([
    result(1, token('one')),
    result(1),
    result(1, token('two')),
    result(1),
  ])
  for (let at = 0; at < 4; at++) await commands.run(SCRIPT, [], [])
  expect(asked.map(({ headers }) => headers.get('upstash-sync-token'))).toEqual(['', 'one', 'one', 'two'])
})

test('keys are walked by cursor', async () => {
  const { asked, commands } = makeDatabase([result(['7', ['a', 'b']])])
  expect(await commands.scan('0', 'attune:*', 100)).toEqual({ cursor: '7', keys: ['a', 'b'] })
  expect(asked[0]!.body).toEqual(['SCAN', '0', 'MATCH', 'attune:*', 'COUNT', 100])
})

const html = (status: number) => () => HttpResponse.html('<h1>Bad gateway</h1>', { status })
const text = (body: string) => () =>
  new HttpResponse(body, { headers: { 'content-type': 'application/json' } })

const faults: readonly (readonly [
  what: string,
  answer: () => Response | Promise<Response>,
  kind: typeof StoreBusyError | typeof StoreWriteError,
  says: RegExp,
])[] = [
  [
    'a token that is refused',
    error('Unauthorized', 401),
    StoreWriteError,
    /answered 401: it refuses the token/,
  ],
  [
    'a token that may not do that',
    error('NOPERM', 403),
    StoreWriteError,
    /answered 403: it refuses the token/,
  ],
  ['too many requests', error('ERR too many', 429), StoreBusyError, /answered 429\. Try again\.$/],
  [
    'too many requests, and for how long',
    () => HttpResponse.json({ error: 'x' }, { status: 429, headers: { 'retry-after': '2' } }),
    StoreBusyError,
    /answered 429 and wants to be left alone for 2 s\. Try again\.$/,
  ],
  ['a service that is out of order', html(503), StoreBusyError, /answered 503\. Try again\.$/],
  ['a server error', error('ERR internal', 500), StoreBusyError, /answered 500\. Try again\.$/],
  ['a page of a gateway', html(502), StoreBusyError, /answered 502\. Try again\.$/],
  ['a page of somebody else', html(200), StoreWriteError, /answered 200 with what is no JSON/],
  ['a path that is not there', html(404), StoreWriteError, /answered 404\.$/],
  ['JSON that is cut', text('{"result":["a","b'), StoreWriteError, /what is no JSON/],
  ['no body', text(''), StoreWriteError, /what is no JSON/],
  ['JSON of another kind', text('{"ok":true}'), StoreWriteError, /what no Redis answers/],
  ['a list for one command', text('[{"result":1}]'), StoreWriteError, /what no Redis answers/],
  ['a server that is loading', error('LOADING Redis is loading'), StoreBusyError, /LOADING/],
  ['a full database', error('OOM command not allowed'), StoreWriteError, /OOM.*more memory/],
  ['a limit of the plan', error('ERR max requests limit exceeded.'), StoreWriteError, /max requests limit/],
  ['a broken connection', () => HttpResponse.error(), StoreBusyError, /cannot be reached/],
]

describe('one command', () => {
  test.each(faults)(
    '%s: rejects with the right error, and the next call goes through',
    async (_, answer, kind, says) => {
      const { asked, commands } = makeDatabase([answer, result('fine')])
      const failed = await commands
        .run(SCRIPT, ['attune:s:{secret-id}:profile'], ['secret-value'])
        .catch(String)
      expect(failed).toMatch(says)
      expect(failed).not.toMatch(/secret|a-token/)
      expect(asked).toHaveLength(1)
      expect(await commands.run(SCRIPT, [], [])).toBe('fine')
      const again = makeDatabase([answer])
      await expect(again.commands.run(SCRIPT, [], [])).rejects.toBeInstanceOf(kind)
    },
  )
})

describe('a pipeline', () => {
  const items =
    (...list: readonly unknown[]) =>
    () =>
      HttpResponse.json(list)
  const commands = [
    ['GET', 'a'],
    ['GET', 'b'],
  ] as const

  test.each([
    ['an error inside', items({ result: 1 }, { error: 'WRONGTYPE Operation' }), StoreWriteError, /WRONGTYPE/],
    ['one that passes', items({ error: 'LOADING' }, { result: 1 }), StoreBusyError, /LOADING/],
    ['too few answers', items({ result: 1 }), StoreWriteError, /what no Redis answers/],
    ['an answer that is none', items({ result: 1 }, null), StoreWriteError, /what no Redis answers/],
    ['an error for all', error('ERR failed to parse'), StoreWriteError, /failed to parse/],
    ['an object', text('{"result":1}'), StoreWriteError, /what no Redis answers/],
  ])('%s: rejects with the right error', async (_, answer, kind, says) => {
    const failed = makeDatabase([answer]).commands.pipeline(commands)
    await expect(failed).rejects.toBeInstanceOf(kind)
    await expect(failed).rejects.toThrow(says)
  })
})

describe('a service that does not answer in time', () => {
  test.each([
    ['never', () => delay('infinite').then(() => new HttpResponse())],
    ['with a first byte that comes late', () => delay(5_000).then(() => HttpResponse.json({ result: 1 }))],
  ])('%s: rejects within the deadline', async (_, answer) => {
    const { commands } = makeDatabase([answer, result('fine')], 60)
    const began = performance.now()
    await expect(commands.run(SCRIPT, [], [])).rejects.toThrow(/no whole answer within 60 ms/)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(await commands.run(SCRIPT, [], [])).toBe('fine')
  })
})

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
  let followed = 0
  server.use(
    http.all('https://elsewhere.test/', () => {
      followed++
      return HttpResponse.json({ result: 'stolen' })
    }),
  )
  const away = () => new HttpResponse(null, { status, headers: { location: 'https://elsewhere.test/' } })
  const { commands } = makeDatabase([away])
  const failed = commands.run(SCRIPT, [], [])
  await expect(failed).rejects.toBeInstanceOf(StoreWriteError)
  await expect(failed).rejects.toThrow(/redirect, which is not followed/)
  expect(followed).toBe(0)
})

describe('an address that cannot be one is told at once', () => {
  const good: UpstashAddress = { url: 'https://db.test', token: TOKEN, timeout: 250 }
  const urls = [undefined, '', 'redis://db.test', 'db.test', 'https://user:pass@db.test']

  test.each(urls)('url %j', (url) => {
    expect(() => createUpstashRest('createUpstashStore', { ...good, url })).toThrow(
      '[storage] createUpstashStore: `url` is no REST URL. Set it to UPSTASH_REDIS_REST_URL.',
    )
  })

  test.each([undefined, '', 'two words', 'line\n', 'ü'])('token %j', (token) => {
    expect(() => createUpstashRest('createUpstashStore', { ...good, token })).toThrow(/`token` is missing/)
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('timeout %d', (timeout) => {
    expect(() => createUpstashRest('createUpstashStore', { ...good, timeout })).toThrow(/`timeout` is/)
  })
})
