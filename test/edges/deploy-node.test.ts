import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSealKeys, decodeVisitor } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  findPrograms,
  type GridCache,
  startNginxCache,
  startVarnishCache,
} from '../faults/cache-grid/caches.ts'
import { PERSON } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { createVisitor, type HttpVisitor } from '../support/http-visitor.ts'
import type { NextServer } from '../support/next-server.ts'
import { NO_REDIS, type RedisServer, startRedis } from '../support/redis.ts'
import { looksAtHiking } from './deploy/looks-at.ts'
import { nginxOf, redisOf, vclOf } from './deploy/node-guide.ts'
import { EAGER, publishTo, RULESET } from './deploy/publish-to.ts'
import { type RunningCommand, startAttune } from './deploy/start-attune.ts'
import { buildSite, startSite } from './deploy/start-site.ts'
import { newSecret } from './hosts.ts'

const ANSWER = { timeout: 15_000, interval: 50 }
const programs = await findPrograms()
const missing = NO_REDIS || (typeof programs === 'string' && programs)

// In the order of the guide: each step stands on those before it.
describe.skipIf(missing)(
  `Node with Redis behind a cache, as in the guide${missing ? `: ${missing}` : ''}`,
  () => {
    const [secret, next, keysAtRest] = [newSecret(), newSecret(), newSecret()]
    const folder = mkdtempSync(join(tmpdir(), 'attune-deploy-'))
    const file = join(folder, 'ruleset.published.json')
    let redis: RedisServer
    let ports: { readonly site: number; readonly collector: number; readonly metrics: number }
    let site: NextServer | undefined
    let commands: readonly RunningCommand[] = []
    let caches: readonly GridCache[] = []

    const startAll = async (secrets: string): Promise<void> => {
      const env = {
        ATTUNE_SECRET: secrets,
        ATTUNE_KEYS_AT_REST: keysAtRest,
        ATTUNE_REDIS_URL: redis.url,
        ATTUNE_RULESET: file,
        ATTUNE_RULESET_SECONDS: '0.1',
      }
      const serve = [
        ...['serve', '--ruleset', file, '--queue', '--trusted-proxy', '127.0.0.1', '--behaviour', '--alarms'],
        ...['--port', String(ports.collector), '--metrics-port', String(ports.metrics)],
      ]
      commands = [
        await startAttune(serve, env, /Collecting at/),
        await startAttune(['work', '--ruleset', file], env, /Folding from/),
      ]
      site = await startSite(env, ports.site)
    }
    const stopAll = async (): Promise<readonly (number | null)[]> => {
      await site?.stop()
      return Promise.all(commands.map(({ stop }) => stop()))
    }
    const originOf = ({ port }: GridCache): string => `http://127.0.0.1:${port}`
    const walker = async (cache: GridCache, times: number): Promise<HttpVisitor> => {
      const visitor = createVisitor(originOf(cache))
      visitor.grant('preferences')
      expect(await (await visitor.send(looksAtHiking(times))).json()).toMatchObject({ accepted: times })
      return visitor
    }
    const heroOf = async (visitor: HttpVisitor): Promise<string | undefined> =>
      (await visitor.get('/')).variants['home-hero']

    beforeAll(async () => {
      if (typeof programs === 'string') return
      redis = await startRedis(...redisOf())
      ports = { site: await freePort(), collector: await freePort(), metrics: await freePort() }
      await publishTo(['file', '--out', file], RULESET, {})
      await buildSite({ ATTUNE_SECRET: secret })
      await startAll(secret)
      caches = [
        await startNginxCache(programs.nginx, ports.site, nginxOf(ports.collector)),
        await startVarnishCache(programs.varnish, ports.site, vclOf(ports.collector)),
      ]
    })
    afterAll(async () => {
      for (const { stop } of caches) await stop()
      await stopAll()
      await redis?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    test('what a visitor does changes the next page, and nobody else’s', async () => {
      for (const cache of caches) {
        const visitor = await walker(cache, 2)
        for (let turn = 0; turn < 5; turn++) {
          expect((await visitor.get('/')).variants).toEqual({ 'home-hero': 'hiking' })
          expect((await createVisitor(originOf(cache)).get('/')).variants).toEqual({ 'home-hero': 'default' })
        }
        expect((await visitor.get('/product/tent')).variants).toEqual({ 'product-rail': 'boots' })
      }
    })

    test('who comes without a token is read from Redis, once a worker has folded what they did', async () => {
      const visitor = await walker(caches[0]!, 2)
      visitor.cookies.delete('attune_token')
      await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
    })

    test('in Redis nobody stands under the id of their cookie', async () => {
      const visitor = await walker(caches[0]!, 2)
      const id = decodeVisitor(createSealKeys(secret), 'site', visitor.cookies.get('attune_visitor') ?? '')
      const keys = async (pattern: string) => (await redis.ask('KEYS', pattern)) as readonly string[]
      await vi.waitFor(async () => expect(await keys('attune:default:{h1.*')).not.toEqual([]), ANSWER)
      expect([id?.length, await keys(`*${id}*`)]).toEqual([22, []])
    })

    test('events are taken from pages of the site, and of no other', async () => {
      for (const cache of caches) {
        const send = (origin: string): Promise<Response> =>
          fetch(`${originOf(cache)}/attune/collect`, {
            method: 'POST',
            headers: { origin, 'content-type': 'application/json', 'user-agent': PERSON },
            body: JSON.stringify({
              sent: Date.now(),
              events: [{ id: 'a', name: 'view_item', time: Date.now() }],
            }),
          })
        expect((await send(originOf(cache))).status).toBe(200)
        expect((await send('https://evil.example')).status).toBe(403)
      }
    })

    test('what visitors answer goes to the collector', async () => {
      // The site itself knows no such path.
      const answers = await Promise.all(caches.map((cache) => fetch(`${originOf(cache)}/attune/consent`)))
      expect(answers.map(({ status, headers }) => [status, headers.get('allow')])).toEqual([
        [405, 'POST'],
        [405, 'POST'],
      ])
    })

    test('no code, no path of a variant and no word of Next.js to itself leaves, and variant pages are 404', async () => {
      for (const cache of caches) {
        const answer = await (await walker(cache, 2)).get('/')
        const told = [...answer.headers].filter(([name]) => name !== 'set-cookie')
        expect(JSON.stringify(told)).not.toMatch(/x-middleware|x-nextjs-cache|\/attune\/|hill-walker/)
        expect((await fetch(`${originOf(cache)}/attune/any/product/tent`)).status).toBe(404)
      }
    })

    test('what the load balancer and the operator ask is answered, by each for itself', async () => {
      const collector = `http://127.0.0.1:${ports.collector}`
      const apart = `http://127.0.0.1:${ports.metrics}/health`
      const asked = [`${site?.origin}/health`, `${collector}/healthz`, apart, `${collector}/health`]
      const answers = await Promise.all(
        asked.map(async (url) => {
          const answer = await fetch(url)
          return [answer.status, await answer.json()] as const
        }),
      )
      expect(answers).toMatchObject([
        [200, { ruleset: { state: 'fresh', revision: RULESET.revision } }],
        [200, { status: 'ok' }],
        [200, { status: 'ok' }],
        // What nginx passes on from anybody looks the same here.
        [403, { error: 'not-local' }],
      ])
      // Through the caches nobody may ask.
      for (const cache of caches)
        for (const path of ['/health', '/healthz', '/metrics'])
          expect((await fetch(originOf(cache) + path)).status, path).toBe(404)
    })

    test('another ruleset is in force without a build and without a restart', async () => {
      const visitor = await walker(caches[0]!, 1)
      expect(await heroOf(visitor)).toBe('default')
      await publishTo(['file', '--out', file], EAGER, {})
      await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
      const health = `http://127.0.0.1:${ports.metrics}/health`
      await vi.waitFor(
        async () => expect(await (await fetch(health)).text()).toContain(EAGER.revision),
        ANSWER,
      )
      expect(await heroOf(await walker(caches[1]!, 1))).toBe('hiking')
    })

    test('nobody is forgotten while the secret is changed, and every process ends well', async () => {
      const visitor = await walker(caches[0]!, 2)
      for (const secrets of [`${secret},${next}`, `${next},${secret}`]) {
        expect(await stopAll()).toEqual([0, 0])
        await startAll(secrets)
        const there = createVisitor(originOf(caches[1]!))
        for (const [name, value] of visitor.cookies) there.cookies.set(name, value)
        expect(await heroOf(there)).toBe('hiking')
        there.cookies.delete('attune_token')
        await vi.waitFor(async () => expect(await heroOf(there)).toBe('hiking'), ANSWER)
      }
    })

    test('while Redis is away pages are whole, and events are kept by who sent them', async () => {
      const [cache] = caches
      const visitor = await walker(cache!, 2)
      await redis.kill()
      expect(await heroOf(visitor)).toBe('hiking')
      expect((await visitor.send(looksAtHiking(1))).status).toBe(503)
      visitor.cookies.delete('attune_token')
      for (let turn = 0; turn < 10; turn++) expect((await visitor.get('/')).status).toBe(200)
      await redis.restart()
      await vi.waitFor(async () => expect((await visitor.send(looksAtHiking(1))).status).toBe(200), ANSWER)
      await vi.waitFor(async () => expect(await heroOf(visitor)).toBe('hiking'), ANSWER)
    })
  },
)
