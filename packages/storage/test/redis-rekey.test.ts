import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../../../test/support/redis-cluster.ts'
import { createRedisStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import { makeEvents, NOON, PLAN } from '../src/contract/builders.ts'
import { connectRedis } from '../src/drivers/connect-redis.ts'
import { createVisitorKeys, withPseudonyms } from '../src/pseudonyms.ts'
import { rekeyRedis, rekeyUpstash } from '../src/redis-keys.ts'
import { bridgeRedis } from './support/bridged-redis.ts'
import { findCanary } from './support/canary.ts'
import { expectRekeyed, idOf, idsIn, KEYS, MARK, NEW, OLD, plantIds, rekeySite } from './support/plain-ids.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const why = NO_REDIS ? `: ${NO_REDIS}` : ''
const WAIT = { timeout: 30_000, interval: 100 }
// Ids that something stands under: all that were planted but one who is known under the key alone, and nobody as of yet.
const PLANTED = 14
let sites = 0
const nextSite = (): string => `site ${++sites}`

describe.skipIf(NO_REDIS)(`visitors under their ids in a Redis${why}`, () => {
  let server: RedisServer
  let commands: RedisCommands
  beforeAll(async () => {
    // Compressed, an id could hide.
    server = await startRedis('--appendonly', 'yes', '--save', '3600 1', '--rdbcompression', 'no')
    commands = connectRedis('test', { url: server.url, timeout: 20_000 })
  })
  afterAll(async () => {
    await commands.close()
    await server.stop()
  })

  test('stand under the newest secret afterwards, whatever became of them, and no byte of an id is left', async () => {
    const site = nextSite()
    await plantIds(commands, site)
    expect(findCanary(server.folder, MARK)).not.toEqual([])
    const steps: number[] = []
    const moved = await rekeyRedis({
      url: server.url,
      timeout: 20_000,
      site,
      keys: KEYS,
      now: NOON,
      onStep: (count) => steps.push(count),
    })
    expect(moved).toEqual({ moved: PLANTED, older: 0, waiting: 0, failed: 0, leftovers: [] })
    expect(steps.at(-1)).toBe(PLANTED - 1)
    await expectRekeyed(commands, site)
    await expect.poll(() => findCanary(server.folder, MARK), WAIT).toEqual([])
    expect(await rekeySite(commands, site)).toMatchObject({ moved: 0 })
  })

  test('of an older secret are counted and left: nobody but they know their id', async () => {
    const site = nextSite()
    const store = createRedisStore('test', commands, { site })
    await withPseudonyms(store, OLD).append({ visitor: 'v', events: makeEvents(2), plan: PLAN })
    await withPseudonyms(store, NEW).append({ visitor: 'w', events: makeEvents(2), plan: PLAN })
    const keys = createVisitorKeys([NEW, OLD])
    const asked = { url: server.url, timeout: 20_000, site, keys, now: NOON }
    expect(await rekeyRedis(asked)).toMatchObject({ moved: 0, older: 1 })
    expect((await withPseudonyms(store, OLD).exportVisitor('v'))?.events).toHaveLength(2)
  })

  test('are moved with their plan lost, and who stands under both waits until they come back', async () => {
    const site = nextSite()
    const open = () => createRedisStore('test', commands, { site })
    const [events, more] = [makeEvents(5), makeEvents(7)]
    for (const name of ['one', 'both']) await open().append({ visitor: idOf(name), events, plan: PLAN })
    await withPseudonyms(open(), NEW).append({ visitor: idOf('both'), events: more.slice(4, 6), plan: PLAN })
    await commands.pipeline([['DEL', `attune:${encodeURIComponent(site)}:plans`]])
    expect(await rekeySite(commands, site)).toMatchObject({ moved: 1, waiting: 1 })
    const store = withPseudonyms(open(), [NEW, 'plain'])
    expect((await store.append({ visitor: idOf('one'), events, plan: PLAN })).duplicates).toHaveLength(5)
    await store.append({ visitor: idOf('both'), events: more.slice(6), plan: PLAN })
    expect(await rekeySite(commands, site)).toMatchObject({ moved: 1, waiting: 0 })
    const later = withPseudonyms(open(), NEW)
    expect((await later.exportVisitor(idOf('both')))?.events).toEqual(more)
    expect(await idsIn(commands, site)).toEqual([])
  })

  test('who come and go while it runs are lost by nobody, and who is erased meanwhile stays erased', async () => {
    const site = nextSite()
    const open = () => createRedisStore('test', commands, { site, patience: 30_000 })
    const names = Array.from({ length: 40 }, (_, at) => idOf(`v${at}`))
    const events = makeEvents(30)
    const part = (from: number, to: number) => events.slice(from, to)
    await Promise.all(names.map((visitor) => open().append({ visitor, events: part(0, 10), plan: PLAN })))
    const hosts = [open(), open()].map((store) => withPseudonyms(store, [NEW, 'plain']))
    const isErased = (at: number): boolean => at % 8 === 7
    const traffic = names.map(async (visitor, at) => {
      for (let from = 10; from < 30; from += 5) {
        const told = hosts[from % 2]!.append({ visitor, events: part(from, from + 5), plan: PLAN })
        if (isErased(at)) await told.catch(() => {})
        else await told
        if (isErased(at) && from === 15) await hosts[1]!.erase(visitor, NOON)
      }
    })
    await Promise.all([...traffic, rekeySite(commands, site), rekeySite(commands, site)])
    await rekeySite(commands, site)
    expect(await rekeySite(commands, site)).toMatchObject({ moved: 0, waiting: 0 })
    const store = withPseudonyms(open(), NEW)
    for (const [at, visitor] of names.entries()) {
      const record = await store.exportVisitor(visitor)
      expect(record?.events ?? null).toEqual(isErased(at) ? null : events)
      const late = store.append({ visitor, events: part(0, 1), plan: PLAN })
      if (isErased(at)) await expect(late).rejects.toMatchObject({ name: 'VisitorErasedError' })
      else expect((await late).duplicates).toEqual(['e0'])
    }
    expect(await idsIn(commands, site)).toEqual([])
  })
})

describe.skipIf(NO_REDIS)(`visitors under their ids in a cluster${why}`, () => {
  let cluster: RedisCluster
  beforeAll(async () => {
    cluster = await startRedisCluster()
    await Promise.all(cluster.nodes.map(({ ask }) => ask('CONFIG', 'SET', 'appendonly', 'yes')))
  })
  afterAll(() => cluster.stop())

  test('stand under the newest secret afterwards, on whichever node, and no node keeps an id', async () => {
    const site = nextSite()
    const commands = connectRedis('test', { nodes: cluster.urls, timeout: 20_000 })
    await plantIds(commands, site)
    const kept = (): readonly string[] => cluster.nodes.flatMap(({ folder }) => findCanary(folder, MARK))
    expect(kept().length).toBeGreaterThan(2)
    const moved = await rekeyRedis({ nodes: cluster.urls, timeout: 20_000, site, keys: KEYS, now: NOON })
    expect(moved).toEqual({ moved: PLANTED, older: 0, waiting: 0, failed: 0, leftovers: [] })
    await expectRekeyed(commands, site)
    await expect.poll(kept, WAIT).toEqual([])
    await commands.close()
  })
})

describe.skipIf(NO_REDIS)(`visitors under their ids in Upstash${why}`, () => {
  const bridged = bridgeRedis()

  test('stand under the newest secret afterwards, and only the copies of the service may hold ids', async () => {
    const site = nextSite()
    const { server, bridge } = bridged
    const commands = connectRedis('test', { url: server.url, timeout: 20_000 })
    await plantIds(commands, site)
    const place = { url: bridge.url, token: bridge.token, timeout: 20_000 }
    const moved = await rekeyUpstash({ ...place, site, keys: KEYS, now: NOON })
    expect(moved).toEqual({ moved: PLANTED, older: 0, waiting: 0, failed: 0, leftovers: ['backups'] })
    await expectRekeyed(commands, site)
    await commands.close()
  })
})
