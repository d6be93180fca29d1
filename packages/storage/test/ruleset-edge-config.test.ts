import { createClient } from '@vercel/edge-config'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { createEdgeConfigRuleset, type EdgeConfigRulesetOptions } from '../src/ruleset-edge-config.ts'
import { sealRuleset } from '../src/ruleset-source.ts'
import { makeText, SECRET } from './support/make-published.ts'

// A stand-in for Vercel's service, answered by its own client: what its documentation and its client's source say of it.
const server = setupServer()
beforeAll(() => server.listen())
afterAll(() => server.close())

let stores = 0

async function makeStore(over: Partial<EdgeConfigRulesetOptions> = {}) {
  const id = `ecfg_${++stores}`
  const site = {
    now: 0,
    value: (await seal('r1')) as unknown,
    answer: undefined as (() => Response | Promise<Response>) | undefined,
    reads: 0,
  }
  const digest = { 'x-edge-config-digest': 'digest' }
  server.use(
    http.get(`https://edge-config.vercel.com/${id}/item/:key`, ({ params, request }) => {
      site.reads++
      if (site.answer !== undefined) return site.answer()
      if (request.headers.get('authorization') !== 'Bearer reads') return unauthorized()
      if (params.key !== 'attune' || site.value === undefined)
        return HttpResponse.json(
          { error: { code: 'edge_config_item_not_found' } },
          { status: 404, headers: digest },
        )
      return new HttpResponse(JSON.stringify(site.value), { headers: digest })
    }),
  )
  const onError = vi.fn()
  const source = createEdgeConfigRuleset({
    connectionString: `https://edge-config.vercel.com/${id}?token=reads`,
    secret: SECRET,
    clock: () => site.now,
    random: () => 0.5,
    onError,
    ...over,
  })
  const troubles = (): readonly string[] => onError.mock.calls.map(([error]) => error.message)
  return { id, site, source, troubles, revision: async () => (await source.load()).revision }
}

function seal(revision: string, secret = SECRET) {
  return sealRuleset(makeText(revision), secret)
}

function unauthorized(): Response {
  return HttpResponse.json({ error: { code: 'unauthorized' } }, { status: 401 })
}

test('the ruleset is read from its item, one read a look, and again when it is another', async () => {
  const { site, source, revision } = await makeStore()
  expect(await revision()).toBe('r1')
  const first = await source.load()
  await source.refresh()
  expect([site.reads, await source.load()]).toEqual([2, first])
  site.value = await seal('r2')
  site.now = 30_000
  expect(await revision()).toBe('r1')
  await vi.waitFor(async () => expect(await revision()).toBe('r2'))
  expect(site.reads).toBe(3)
})

test.each([
  [
    'no item',
    { value: undefined },
    /the item attune of Edge Config is not there\. Publish with `attune publish edge-config`/,
  ],
  ['something else', { value: { flags: true } }, /holds no signed ruleset/],
  ['text', { value: makeText('r2') }, /holds no signed ruleset/],
  ['a ruleset without a signature', { value: JSON.parse(makeText('r2')) }, /holds no signed ruleset/],
  [
    'a wrong token',
    { answer: unauthorized },
    /cannot be read: @vercel\/edge-config: Unauthorized\. Check EDGE_CONFIG/,
  ],
  ['no store', { answer: () => new HttpResponse(null, { status: 404 }) }, /cannot be read: .*not found/],
  ['an error', { answer: () => new HttpResponse('sorry', { status: 500 }) }, /status code 500/],
  ['too many reads', { answer: () => new HttpResponse(null, { status: 429 }) }, /status code 429/],
  ['a page', { answer: () => HttpResponse.html('<p>moved</p>') }, /cannot be read: .*JSON/],
  ['a cut answer', { answer: () => new HttpResponse('{"signature":"sha') }, /cannot be read: .*JSON/],
  ['a lost connection', { answer: () => HttpResponse.error() }, /cannot be read: .*Check EDGE_CONFIG/],
])('%s does not take the place of the last good ruleset, and is said', async (_, change, said) => {
  const { site, source, troubles, revision } = await makeStore()
  await source.load()
  Object.assign(site, change)
  await source.refresh()
  expect([await revision(), source.state().state]).toEqual(['r1', 'stale'])
  expect(troubles()).toEqual([expect.stringMatching(said)])
  // The token is in the address.
  expect(JSON.stringify([troubles(), source.state()])).not.toContain('reads')
})

test('a wrong signature and an old revision are refused', async () => {
  const { site, source, troubles, revision } = await makeStore()
  await source.load()
  site.value = await seal('r2')
  await source.refresh()
  site.value = await seal('r3', 'another secret of more than thirty-two characters')
  await source.refresh()
  site.value = await seal('r1')
  await source.refresh()
  expect(await revision()).toBe('r2')
  expect(troubles()).toEqual([
    expect.stringMatching(/is not signed with our secret/),
    expect.stringMatching(/r1 was replaced by r2/),
  ])
})

test('a read that hangs is given up by whoever waits, and none is begun beside it for a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const site = { now: 0, reads: 0, get: async (): Promise<unknown> => seal('r1') }
  const client = { get: () => site.get() }
  const onError = vi.fn()
  const source = createEdgeConfigRuleset({ client, secret: SECRET, clock: () => site.now, onError })
  await source.load()
  site.get = () => {
    site.reads++
    return new Promise(() => {})
  }
  for (let question = 0; question < 2; question++) {
    const refreshed = source.refresh()
    await vi.advanceTimersByTimeAsync(3_000)
    await refreshed
  }
  expect([site.reads, source.state().state]).toEqual([1, 'stale'])
  expect(onError.mock.calls[0]?.[0].message).toMatch(/did not answer: timeout after 3000 ms/)
  site.get = () => seal('r2')
  site.now = 60_000
  await source.refresh()
  expect((await source.load()).revision).toBe('r2')
})

test('a client that is there already is used', async () => {
  const { id } = await makeStore()
  const client = createClient(`https://edge-config.vercel.com/${id}?token=reads`)
  const source = createEdgeConfigRuleset({ client, secret: SECRET })
  expect((await source.load()).revision).toBe('r1')
})

test('what is missing is said at once', () => {
  expect(() => createEdgeConfigRuleset({ connectionString: undefined, secret: SECRET })).toThrow(
    /`connectionString` is missing\. Set it to process\.env\.EDGE_CONFIG/,
  )
  expect(() => createEdgeConfigRuleset({ connectionString: 'x', secret: undefined })).toThrow(/ATTUNE_SECRET/)
})
