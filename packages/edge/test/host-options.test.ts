import { createSealKeys, encodeVisitor } from '@attune/core'
import { afterEach, expect, test, vi } from 'vitest'
import { createHonoMiddleware } from '../src/hono.ts'
import { readOrigin } from '../src/host/origin-option.ts'
import { createHost } from '../src/host.ts'
import { createNodeMiddleware } from '../src/node.ts'
import { createWorker } from '../src/worker.ts'
import { ANNA, makeCookies, makeOptions, makeRequest, NOW } from './make.ts'

afterEach(() => void vi.restoreAllMocks())

test('an origin may end in a slash', () => {
  const given = [undefined, 'http://host', 'http://host/', 'https://Shop.Example:8443/']
  expect(given.map((origin) => readOrigin('createHost', origin))).toEqual([
    undefined,
    'http://host',
    'http://host',
    'https://shop.example:8443',
  ])
})

test.each([
  'shop.example',
  'localhost:3000',
  '',
  'https://shop.example/shop',
  'https://shop.example/?a',
  'null',
])('an origin %j is refused when the host is created, with the cure', async (origin) => {
  const options = makeOptions()
  const cure = `\`origin\` is ${JSON.stringify(origin)}. Write it like https://shop.example, without a path.`
  const context = { waitUntil: () => {}, passThroughOnException: () => {} }
  expect(() => createHonoMiddleware({ ...options, origin })).toThrow(`[edge] createHonoMiddleware: ${cure}`)
  expect(() => createNodeMiddleware({ ...options, origin })).toThrow(`[edge] createNodeMiddleware: ${cure}`)
  await expect(async () =>
    createWorker({ ...options, origin }).fetch(makeRequest('/'), {}, context),
  ).rejects.toThrow(`[edge] createWorker: ${cure}`)
})

test('a ruleset that is a path is refused with the cure', () => {
  const ruleset = './ruleset.json' as unknown as ReturnType<typeof makeOptions>['ruleset']
  expect(() => createHost(makeOptions({ ruleset }))).toThrow('Use `attune publish`.')
})

/** The steps that a site hears of, in which visitors come with a cookie each, a time after the other. */
async function heard(visits: readonly { readonly cookie: string; readonly after?: number }[], site = 'site') {
  const told: unknown[] = []
  let now = NOW
  const onError = (error: unknown, step: string) => void told.push([step, String(error)])
  const host = createHost(makeOptions({ site, clock: () => now, onError }))
  for (const { cookie, after = 0 } of visits) {
    now += after
    await host.decide(makeRequest('/', { ...makeCookies(ANNA), attune_visitor: cookie }))
  }
  return told
}

const ours = makeCookies(ANNA).attune_visitor!
const foreign = encodeVisitor(
  createSealKeys('another secret of more than thirty-two characters'),
  'site',
  ANNA,
)

test('cookies that were sealed with another secret are told of, once a minute', async () => {
  const told = await heard([
    { cookie: foreign },
    { cookie: foreign, after: 59_999 },
    { cookie: foreign, after: 1 },
  ])
  const line = [
    'visitor',
    "Error: [edge] createHost: visitors carry cookies that do not open with this `secret` and `site` 'site'. Give the collector and this site the same of both.",
  ]
  expect(told).toEqual([line, line])
})

test('cookies of another site are told of as well', async () => {
  expect(await heard([{ cookie: ours }], 'other')).toHaveLength(1)
})

test('cookies of ours, none and garbage are not told of', async () => {
  const cookies = [ours, '', 'v1~', 'x'.repeat(60), foreign.slice(0, -1)]
  expect(await heard(cookies.map((cookie) => ({ cookie, after: 60_000 })))).toEqual([])
})

test('what is told without a listener is one line', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {})
  const host = createHost(makeOptions({ onError: undefined }))
  await host.decide(makeRequest('/', { ...makeCookies(ANNA), attune_visitor: foreign }))
  expect(written.mock.calls.map(([step, error]) => [step, error instanceof Error && error.stack])).toEqual([
    ['[edge] visitor:', ''],
  ])
})
