import type { Ruleset } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createVisitor, type HttpVisitor } from '../support/http-visitor.ts'
import type { NextServer } from '../support/next-server.ts'
import { NO_REDIS, type RedisServer, startRedis } from '../support/redis.ts'
import { startTcpFaultProxy, type TcpFaultProxy } from '../support/tcp-fault-proxy.ts'
import { startUpstashBridge, type UpstashBridge } from '../support/upstash-bridge.ts'
import { type EdgeConfigStandIn, startEdgeConfig } from './deploy/edge-config.ts'
import { looksAtHiking } from './deploy/looks-at.ts'
import { EAGER, publishTo, RULESET } from './deploy/publish-to.ts'
import { buildSite, startSite } from './deploy/start-site.ts'
import { newSecret } from './hosts.ts'

const ANSWER = { timeout: 10_000, interval: 50 }

// In the order of the guide: each step stands on those before it.
describe.skipIf(NO_REDIS)(
  `Next.js with Upstash and Edge Config, as in the guide${NO_REDIS ? `: ${NO_REDIS}` : ''}`,
  () => {
    const [secret, next, keysAtRest] = [newSecret(), newSecret(), newSecret()]
    let redis: RedisServer
    let bridge: UpstashBridge
    let line: TcpFaultProxy
    let edgeConfig: EdgeConfigStandIn
    let site: NextServer

    const environment = (secrets: string): Readonly<Record<string, string>> => ({
      ATTUNE_SECRET: secrets,
      ATTUNE_KEYS_AT_REST: keysAtRest,
      EDGE_CONFIG: edgeConfig.connectionString,
      UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${line.port}`,
      UPSTASH_REDIS_REST_TOKEN: bridge.token,
      ATTUNE_RULESET_SECONDS: '0.1',
    })
    const publish = (ruleset: Ruleset): Promise<void> =>
      edgeConfig.whilePublishing(() =>
        publishTo(['edge-config', '--config', edgeConfig.id], ruleset, {
          ATTUNE_SECRET: secret,
          ...edgeConfig.publishing,
        }),
      )
    const walker = async (times: number): Promise<HttpVisitor> => {
      const visitor = createVisitor(site.origin)
      visitor.grant('preferences')
      expect(await (await visitor.send(looksAtHiking(times))).json()).toMatchObject({ accepted: times })
      return visitor
    }
    const heroOf = async (visitor: HttpVisitor): Promise<string | undefined> =>
      (await visitor.get('/')).variants['home-hero']
    const health = async (): Promise<unknown> => {
      const answer = await fetch(`${site.origin}/health`)
      return { status: answer.status, told: await answer.json() }
    }

    beforeAll(async () => {
      redis = await startRedis()
      bridge = await startUpstashBridge({ redis: redis.port })
      line = await startTcpFaultProxy(Number(new URL(bridge.url).port))
      edgeConfig = await startEdgeConfig()
      await buildSite(environment(secret))
      expect([edgeConfig.reads(), bridge.calls()]).toEqual([0, 0])
      site = await startSite(environment(secret))
    })
    afterAll(async () => {
      await site?.stop()
      await edgeConfig?.stop()
      await line?.close()
      await bridge?.close()
      await redis?.stop()
    })

    test('before anything is published pages are whole, and the health page says what is missing', async () => {
      expect(await createVisitor(site.origin).get('/')).toMatchObject({
        status: 200,
        variants: { 'home-hero': 'default' },
      })
      expect(await health()).toMatchObject({
        status: 503,
        told: { ruleset: { state: 'default', trouble: expect.stringContaining('Publish with') } },
      })
    })

    test('what is published shows, and what a visitor does changes the next page', async () => {
      await publish(RULESET)
      await vi.waitFor(async () => expect((await health()) as object).toMatchObject({ status: 200 }), ANSWER)
      const visitor = await walker(2)
      expect((await visitor.get('/')).variants).toEqual({ 'home-hero': 'hiking' })
      expect((await visitor.get('/product/tent')).variants).toEqual({ 'product-rail': 'boots' })
      const stranger = await createVisitor(site.origin).get('/')
      expect(stranger.variants).toEqual({ 'home-hero': 'default' })
      expect(stranger.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
    })

    test('a page is rendered once for each code', async () => {
      const visitors = [
        await walker(2),
        await walker(3),
        createVisitor(site.origin),
        createVisitor(site.origin),
      ]
      for (const visitor of visitors) await visitor.get('/')
      const answers = await Promise.all(visitors.map((visitor) => visitor.get('/')))
      expect(answers.map(({ headers }) => headers.get('x-nextjs-cache'))).toEqual([
        'HIT',
        'HIT',
        'HIT',
        'HIT',
      ])
    })

    test('who comes without a token is read from Upstash', async () => {
      const visitor = await walker(2)
      visitor.cookies.delete('attune_token')
      await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
    })

    test('another ruleset is in force without a build', async () => {
      const visitor = await walker(1)
      expect(await heroOf(visitor)).toBe('default')
      await publish(EAGER)
      await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
      expect(await health()).toMatchObject({
        told: { ruleset: { state: 'fresh', revision: EAGER.revision } },
      })
    })

    test('without Edge Config the last ruleset goes on, and without Upstash pages are whole', async () => {
      edgeConfig.away(true)
      await vi.waitFor(
        async () =>
          expect(await health()).toMatchObject({ status: 200, told: { ruleset: { state: 'stale' } } }),
        ANSWER,
      )
      const visitor = await walker(2)
      await line.set({ refused: true })
      expect(await heroOf(visitor)).toBe('hiking')
      expect((await visitor.send(looksAtHiking(1))).status).toBe(503)
      visitor.cookies.delete('attune_token')
      for (let turn = 0; turn < 10; turn++) expect((await visitor.get('/')).status).toBe(200)
      await line.set({})
      edgeConfig.away(false)
      await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
    })

    test('nobody is forgotten while the secret is changed', async () => {
      const visitor = await walker(2)
      for (const secrets of [`${secret},${next}`, `${next},${secret}`]) {
        await site.stop()
        site = await startSite(environment(secrets))
        const there = createVisitor(site.origin)
        for (const [name, value] of visitor.cookies) there.cookies.set(name, value)
        await vi.waitFor(async () => expect(await heroOf(there)).toBe('hiking'), ANSWER)
        there.cookies.delete('attune_token')
        await vi.waitFor(async () => expect(await heroOf(there)).toBe('hiking'), ANSWER)
      }
    })
  },
)
