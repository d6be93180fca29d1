import { publishRuleset } from '@attune/core/publish'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createVisitor, type HttpVisitor } from '../support/http-visitor.ts'
import { NO_REDIS, type RedisServer, startRedis } from '../support/redis.ts'
import { startTcpFaultProxy, type TcpFaultProxy } from '../support/tcp-fault-proxy.ts'
import { startUpstashBridge, type UpstashBridge } from '../support/upstash-bridge.ts'
import { looksAtHiking } from './deploy/looks-at.ts'
import { EAGER, publishTo, RULESET } from './deploy/publish-to.ts'
import { newSecret } from './hosts.ts'
import { type RunningWorker, startWorker } from './start-worker.ts'
import { startVariantOrigin, type VariantOrigin } from './variant-origin.ts'

const ANSWER = { timeout: 10_000, interval: 50 }

// In the order of the guide: each step stands on those before it.
describe.skipIf(NO_REDIS)(`a Worker with Upstash, as in the guide${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  const [secret, next, keysAtRest] = [newSecret(), newSecret(), newSecret()]
  let redis: RedisServer
  let bridge: UpstashBridge
  let line: TcpFaultProxy
  let origin: VariantOrigin
  let worker: RunningWorker

  const environment = (): Record<string, string> => ({
    ATTUNE_SECRET: secret,
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${line.port}`,
    UPSTASH_REDIS_REST_TOKEN: bridge.token,
  })
  const start = (secrets: string): Promise<RunningWorker> =>
    startWorker('upstash', {
      ...environment(),
      UPSTASH_REDIS_REST_READONLY_TOKEN: bridge.token,
      ATTUNE_SECRET: secrets,
      ATTUNE_KEYS_AT_REST: keysAtRest,
      ORIGIN: origin.origin,
      ATTUNE_RULESET_SECONDS: '0.05',
    })
  const walker = async (times: number): Promise<HttpVisitor> => {
    const visitor = createVisitor(worker.origin)
    visitor.grant('preferences')
    expect(await (await visitor.send(looksAtHiking(times))).json()).toMatchObject({ accepted: times })
    return visitor
  }
  const heroOf = async (visitor: HttpVisitor): Promise<string | undefined> =>
    (await visitor.get('/')).variants['home-hero']

  beforeAll(async () => {
    redis = await startRedis()
    bridge = await startUpstashBridge({ redis: redis.port })
    line = await startTcpFaultProxy(Number(new URL(bridge.url).port))
    origin = await startVariantOrigin(`${secret},${next}`, publishRuleset(RULESET))
    worker = await start(secret)
  })
  afterAll(async () => {
    await worker?.stop()
    await origin?.stop()
    await line?.close()
    await bridge?.close()
    await redis?.stop()
  })

  test('before anything is published pages are those of the origin, and events are kept by who sent them', async () => {
    const visitor = createVisitor(worker.origin)
    visitor.grant('preferences')
    expect(await visitor.get('/')).toMatchObject({ status: 200, variants: { 'home-hero': 'default' } })
    const sent = await visitor.send(looksAtHiking(1))
    expect([sent.status, sent.headers.get('retry-after')]).toEqual([503, '5'])
  })

  test('what is published shows, and what a visitor does changes the next page', async () => {
    await publishTo(['upstash'], RULESET, environment())
    await vi.waitFor(async () => expect(await heroOf(await walker(2))).toBe('hiking'), ANSWER)
    expect(await heroOf(createVisitor(worker.origin))).toBe('default')
  })

  test('who comes without a token is read from Upstash, once', async () => {
    const visitor = await walker(2)
    visitor.cookies.delete('attune_token')
    const before = bridge.calls()
    // A machine under load may take longer than a page waits.
    await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
    expect(bridge.calls()).toBeGreaterThan(before)
  })

  test('another ruleset is in force without a deployment', async () => {
    const visitor = await walker(1)
    expect(await heroOf(visitor)).toBe('default')
    await publishTo(['upstash'], EAGER, environment())
    await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
  })

  test('a visitor whose profile did not come in time is read again', async () => {
    const visitor = await walker(2)
    visitor.cookies.delete('attune_token')
    await line.set({ blackHole: true })
    expect(await heroOf(visitor)).toBe('default')
    await line.set({})
    await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
  })

  test('while Upstash is away pages are whole, events are kept by who sent them, and all of it comes back', async () => {
    const visitor = await walker(2)
    await line.set({ refused: true })
    expect(await heroOf(visitor)).toBe('hiking')
    expect((await visitor.send(looksAtHiking(1))).status).toBe(503)
    visitor.cookies.delete('attune_token')
    visitor.cookies.delete('attune_pin')
    for (let turn = 0; turn < 10; turn++) expect((await visitor.get('/')).status).toBe(200)
    await line.set({})
    await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
    expect((await visitor.send(looksAtHiking(1))).status).toBe(200)
  })

  test('nobody is forgotten while the secret is changed', async () => {
    const visitor = await walker(2)
    for (const secrets of [`${secret},${next}`, `${next},${secret}`]) {
      await worker.stop()
      worker = await start(secrets)
      const there = createVisitor(worker.origin)
      for (const [name, value] of visitor.cookies) there.cookies.set(name, value)
      await vi.waitFor(async () => expect(await heroOf(there)).toBe('hiking'), ANSWER)
      there.cookies.delete('attune_token')
      await vi.waitFor(async () => expect(await heroOf(there)).toBe('hiking'), ANSWER)
    }
  })
})
