import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { sealRuleset } from '../src/ruleset-source.ts'
import { createUpstashRuleset, type UpstashRulesetOptions } from '../src/ruleset-upstash.ts'
import { makeText, SECRET } from './support/make-published.ts'

const server = setupServer()
beforeAll(() => server.listen())
afterAll(() => server.close())

let databases = 0

/** A service that has r1 and then answers as the test says. */
async function makeService(over: Partial<UpstashRulesetOptions> = {}) {
  const url = `https://ruleset${++databases}.upstash.test`
  const service = { answer: undefined as (() => Response | Promise<Response>) | undefined }
  const envelope = JSON.stringify(await sealRuleset(makeText('r1'), SECRET))
  server.use(
    http.post(url, async ({ request }) => {
      if (service.answer !== undefined) return service.answer()
      const [name] = (await request.json()) as readonly string[]
      return HttpResponse.json({ result: name === 'GET' ? envelope : envelope.slice(0, 86) })
    }),
  )
  const onError = vi.fn()
  const source = createUpstashRuleset({ url, token: 'the-token', secret: SECRET, onError, ...over })
  await source.load()
  const troubles = (): readonly string[] => onError.mock.calls.map(([error]) => error.message)
  return { service, source, troubles, revision: async () => (await source.load()).revision }
}

test.each<readonly [string, () => Response, RegExp]>([
  [
    'a wrong token',
    () => HttpResponse.json({ error: 'Unauthorized' }, { status: 401 }),
    /refused GETRANGE: Unauthorized/,
  ],
  ['too many requests', () => new HttpResponse('slow down', { status: 429 }), /the status 429 and no result/],
  ['an error', () => new HttpResponse('sorry', { status: 503 }), /the status 503 and no result/],
  [
    'an error of Redis',
    () => HttpResponse.json({ error: 'WRONGTYPE x' }, { status: 400 }),
    /refused GETRANGE: WRONGTYPE x/,
  ],
  ['a page', () => HttpResponse.html('<p>moved</p>'), /the status 200 and no result/],
  ['a cut answer', () => new HttpResponse('{"result":"{\\"sig'), /the status 200 and no result/],
  ['an empty answer', () => new HttpResponse(''), /the status 200 and no result/],
  ['a number', () => HttpResponse.json({ result: 1 }), /the status 200 and no result/],
  [
    'another host',
    () => HttpResponse.redirect('https://elsewhere.test/', 307),
    /the status \d+ and no result/,
  ],
  ['a lost connection', () => HttpResponse.error(), /Upstash did not answer/],
  ['no key', () => HttpResponse.json({ result: null }), /of Upstash is not there/],
])('%s does not take the place of the last good ruleset, and is said', async (_, answer, said) => {
  const { service, source, troubles, revision } = await makeService()
  service.answer = answer
  await source.refresh()
  expect([await revision(), source.state().state]).toEqual(['r1', 'stale'])
  expect(troubles()).toEqual([expect.stringMatching(said)])
  expect(troubles().join()).not.toContain('the-token')
})

test('a service that hangs is given up, and the question ended', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  let signal: AbortSignal | null | undefined
  const fetch: typeof globalThis.fetch = (_, init) => {
    signal = init?.signal
    return new Promise(() => {})
  }
  const source = createUpstashRuleset({
    url: 'https://hangs.test',
    token: 'x',
    secret: SECRET,
    fetch,
    onError: () => {},
  })
  const loaded = expect(source.load()).rejects.toThrow(/of Upstash did not answer: timeout after 3000 ms/)
  await vi.advanceTimersByTimeAsync(3_000)
  await loaded
  expect([signal?.aborted, source.state().state]).toEqual([true, 'default'])
})

test('what is missing is said at once', () => {
  const message = /UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN/
  expect(() => createUpstashRuleset({ url: undefined, token: 'x', secret: SECRET })).toThrow(message)
  expect(() => createUpstashRuleset({ url: 'https://x', token: '', secret: SECRET })).toThrow(message)
})
