import { Redis } from '@upstash/redis'
import { delay, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { READ } from '../src/commands/scripts.ts'
import { foldAll, makeEvents, NEXT_PLAN, PLAN } from '../src/contract/builders.ts'
import { StoreBusyError, StoreWriteError } from '../src/store-error.ts'
import { createUpstashReader, createUpstashStore } from '../src/upstash.ts'
import { bridgeRedis } from './support/bridged-redis.ts'
import { startUpstashService, type Trouble } from './support/upstash-service.ts'

const EVENTS = [...makeEvents(20)]
const [FIRST, SECOND] = [EVENTS.slice(0, 12), EVENTS.slice(12)]

const moment = (token: string | null) => Number(token?.replace('bridge-', '') || 0)
const html = (status: number) => HttpResponse.html('<h1>Bad gateway</h1>', { status })
const kinds: readonly (readonly [string, () => Response, typeof StoreBusyError | typeof StoreWriteError])[] =
  [
    ['401', () => HttpResponse.json({ error: 'Unauthorized' }, { status: 401 }), StoreWriteError],
    ['429', () => HttpResponse.json({ error: 'ERR too many requests' }, { status: 429 }), StoreBusyError],
    ['500', () => HttpResponse.json({ error: 'ERR internal error' }, { status: 500 }), StoreBusyError],
    ['502 with a page', () => html(502), StoreBusyError],
    ['503 with a page', () => html(503), StoreBusyError],
    ['200 with a page', () => html(200), StoreWriteError],
    ['JSON that is cut', () => new HttpResponse('{"result":["17'), StoreWriteError],
    ['an empty body', () => new HttpResponse(''), StoreWriteError],
    ['a broken connection', () => HttpResponse.error(), StoreBusyError],
  ]

describe.skipIf(NO_REDIS)(`trouble of the service${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  const msw = setupServer()
  const redis = bridgeRedis()
  beforeAll(() => msw.listen({ onUnhandledFrame: 'bypass' }))
  afterAll(() => msw.close())

  function makeStore() {
    const service = startUpstashService(msw, redis.bridge)
    const site = redis.nextSite()
    return { service, site, store: createUpstashStore({ ...service, site, timeout: 5_000 }) }
  }

  const append = (store: ReturnType<typeof createUpstashStore>, events = SECOND) =>
    store.append({ visitor: 'v', events, plan: PLAN })

  // The answer comes too late for one that was passed on: what was asked for is done.
  const before = (answer: () => Response): Trouble => answer
  const after =
    (answer: () => Response): Trouble =>
    async (_, pass) => {
      await pass()
      return answer()
    }
  const unharmed: Trouble = (_, pass) => pass()

  describe.each([
    ['before it was read', before, 0],
    ['before it was written', before, 1],
    ['after it was written', after, 1],
  ] as const)('%s', (_, when, place) => {
    test.each(kinds)(
      '%s: an append fails, is whole or not at all, and its repetition counts once',
      async (_, answer, kind) => {
        const { service, store } = makeStore()
        await append(store, FIRST)
        service.meet(...Array.from({ length: place }, () => unharmed), when(answer))
        await expect(append(store)).rejects.toBeInstanceOf(kind)
        const kept = when === after ? EVENTS : FIRST
        expect(await store.load('v', PLAN)).toEqual(foldAll(kept))
        const { accepted, duplicates, profile } = await append(store)
        expect([accepted, duplicates].map((ids) => ids.length)).toEqual(when === after ? [0, 8] : [8, 0])
        expect(profile).toEqual(foldAll(EVENTS))
      },
    )
  })

  test('a service that never answers is given up at the deadline, by every question', async () => {
    const { service, store: patient, site } = makeStore()
    await append(patient, FIRST)
    const store = createUpstashStore({ ...service, site, timeout: 80 })
    service.always(() => delay('infinite').then(() => new HttpResponse()))
    const reader = createUpstashReader({ ...service, site, timeout: 80 })
    const began = performance.now()
    const asked = await Promise.allSettled([
      append(store),
      store.load('v', PLAN),
      store.reject([{ reason: 'bot', time: 0, event: '' }]),
      store.rejectedCounts(),
      store.sweep(0, { events: 0, profiles: 0 }),
      reader.load('v', PLAN),
    ])
    expect(performance.now() - began).toBeLessThan(2_000)
    const said = asked.map((one) => (one.status === 'rejected' ? String(one.reason) : 'answered'))
    expect(said).toEqual(
      said.map(() => expect.stringMatching(/^StoreBusyError: .*no whole answer within 80 ms\. Try again\.$/)),
    )
    service.always(unharmed)
    expect((await append(patient)).profile).toEqual(foldAll(EVENTS))
  })

  test('an append whose script the service forgot goes through', async () => {
    const { store } = makeStore()
    await append(store, FIRST)
    await redis.server.ask('SCRIPT', 'FLUSH')
    expect((await append(store)).profile).toEqual(foldAll(EVENTS))
  })

  test('a region that lags behind costs another try, and nothing is lost or counted twice', async () => {
    const { service, site, store } = makeStore()
    const other = createUpstashStore({ ...service, site, timeout: 5_000 })
    await append(store, FIRST)
    let lagging: Response | undefined
    // The region stays at the first reading for whoever does not know of anything later.
    service.always(async ({ body, syncToken }, pass) => {
      if (body[1] !== READ.sha) return pass()
      lagging ??= await pass()
      return moment(syncToken) > moment(lagging.headers.get('upstash-sync-token')) ? pass() : lagging.clone()
    })
    await other.load('v', PLAN)
    await append(store, SECOND.slice(0, 4))
    const before = service.asked.length
    expect((await append(store, SECOND.slice(0, 4))).duplicates).toHaveLength(4)
    expect(service.asked.length - before).toBe(1)

    expect((await append(other, SECOND)).profile).toEqual(foldAll(EVENTS))
    const scripts = service.asked.slice(before + 1).filter(({ path }) => path === '/')
    expect(scripts.map(({ body }) => body[1] === READ.sha)).toEqual([true, false, true, false])
  })

  test('two stores that append to one visitor at the same time lose nothing', async () => {
    const { service, site, store } = makeStore()
    const other = createUpstashStore({ ...service, site, timeout: 5_000 })
    const appends = EVENTS.map((event, at) => append(at % 2 === 0 ? store : other, [event, EVENTS[0]!]))
    const results = await Promise.all(appends)
    expect(results.flatMap(({ accepted }) => accepted).sort()).toEqual(EVENTS.map(({ id }) => id).sort())
    expect(await store.load('v', PLAN)).toEqual(foldAll(EVENTS))
  })

  describe('a reader', () => {
    test.each(kinds)(
      '%s: rejects with the right error, and the next reading goes through',
      async (what, answer, kind) => {
        const { service, site, store } = makeStore()
        await append(store, EVENTS)
        const reader = createUpstashReader({ ...service, site, timeout: 5_000 })
        // What broke before any answer is asked once more.
        service.meet(...(what === 'a broken connection' ? [answer, answer] : [answer]))
        await expect(reader.load('v', PLAN)).rejects.toBeInstanceOf(kind)
        expect(await reader.load('v', PLAN)).toEqual(foldAll(EVENTS))
      },
    )

    test.each([
      'text',
      5,
      { length: 0 },
      [1, 2],
      ['1', PLAN.id, '[', '1', '', []],
      ['1', 'another plan', '[]', '1', '', []],
      ['1', 'another plan', '[]', '1', '', [], null, ['id', '{'], null],
    ])('what no store keeps is an error: %j', async (result) => {
      const { service, site } = makeStore()
      const reader = createUpstashReader({ ...service, site, timeout: 5_000 })
      service.meet(() => HttpResponse.json({ result }))
      await expect(reader.load('v', PLAN)).rejects.toBeInstanceOf(StoreWriteError)
    })
  })

  describe('through the client of the service', () => {
    function makeThroughClient(options: object, timeout = 5_000) {
      const service = startUpstashService(msw, redis.bridge)
      const safe = { automaticDeserialization: false, enableTelemetry: false, retry: { retries: 0 } }
      const client = new Redis({ ...service, ...safe, ...options })
      return { service, store: createUpstashStore({ client, site: redis.nextSite(), timeout }) }
    }

    test.each(kinds)(
      '%s: an append fails without saying whose it is, and its repetition counts once',
      async (_, answer) => {
        const { service, store } = makeThroughClient({})
        await append(store, FIRST)
        service.meet(unharmed, after(answer))
        const failed = await append(store).catch(String)
        expect(failed).toMatch(/^Store(Busy|Write)Error: \[storage\] /)
        expect(failed).not.toMatch(/command was|attune:|item-/)
        expect((await append(store)).duplicates).toHaveLength(8)
        expect(await store.load('v', NEXT_PLAN)).toEqual(foldAll(EVENTS, NEXT_PLAN))
      },
    )

    test('one that goes on trying for seconds is waited for no longer than the deadline', async () => {
      const { service, store } = makeThroughClient({ retry: { retries: 2, backoff: () => 150 } }, 80)
      service.always(() => HttpResponse.error())
      await expect(append(store)).rejects.toThrow('no whole answer within 80 ms')
    })

    test.each([
      ['text', 'stop'],
      ['an error', undefined],
    ])('a signal that is aborted with %s is not taken for an answer', async (_, reason) => {
      const abort = new AbortController()
      const { service, store } = makeThroughClient({ signal: abort.signal })
      await append(store, FIRST)
      service.always(() => {
        abort.abort(reason)
        return delay('infinite').then(() => new HttpResponse())
      })
      await expect(append(store)).rejects.toThrow(/what no Redis answers/)
      // It stays so: every later question is answered by the client itself.
      await expect(append(store)).rejects.toThrow(/what no Redis answers/)
    })

    test('one that makes values of texts is told so', async () => {
      const { store } = makeThroughClient({ automaticDeserialization: true })
      await expect(append(store)).rejects.toThrow(
        '`client` makes values of texts. Create it with `automaticDeserialization: false`.',
      )
    })
  })
})
