import { createHash } from 'node:crypto'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../../../test/support/redis-cluster.ts'
import * as mergeScripts from '../src/commands/merge-scripts.ts'
import * as rekeyScripts from '../src/commands/rekey-scripts.ts'
import * as scripts from '../src/commands/scripts.ts'
import { makeEvents, PLAN } from '../src/contract/builders.ts'
import { describeProfileStore, describeQuarantine } from '../src/contract.ts'
import { createRedisStore } from '../src/redis.ts'

// A busy machine holds up every process on it; the deadlines have tests of their own.
const timeout = 5_000
vi.setConfig({ testTimeout: 30_000 })
let sites = 0

describe.skipIf(NO_REDIS)(`on a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  describeProfileStore('redis', async () => {
    const site = `site ${++sites}`
    const open = () => createRedisStore({ url: server.url, site, timeout })
    return { store: open(), reopen: async () => open() }
  })

  describeQuarantine('redis', async () => {
    const site = `site ${++sites}`
    const open = () => createRedisStore({ url: server.url, site, timeout })
    return { store: open(), reopen: async () => open() }
  })

  test('a quarantine of more than one step is given back whole, and swept of what is old', async () => {
    const store = createRedisStore({ url: server.url, site: 'many', timeout })
    const many = Array.from({ length: 1_203 }, (_, at) => ({ reason: 'r', time: at, event: `${at}` }))
    await store.reject(many)
    const listed = await store.listRejected({ after: 0, most: 10_000 })
    expect(listed.map(({ event }) => event)).toEqual(many.map(({ event }) => event))
    expect(
      (await store.listRejected({ after: listed[1_099]!.id, most: 5 })).map(({ event }) => event),
    ).toEqual(['1100', '1101', '1102', '1103', '1104'])
    await store.sweep(20 * 86_400_000, { events: 0, profiles: 400 * 86_400_000 })
    expect(await store.listRejected({ after: 0, most: 10 })).toEqual([])
    await store.close()
  })

  test('a visitor with 40 events takes less than 12 KB', async () => {
    const used = async () => Number(/used_memory:(\d+)/.exec(String(await server.ask('INFO', 'memory')))?.[1])
    const store = createRedisStore({ url: server.url, site: 'memory', timeout })
    const append = (visitor: string) =>
      store.append({
        visitor,
        events: makeEvents(40).map((event) => ({ ...event, id: `${visitor}-${event.id}`.padEnd(22) })),
        plan: PLAN,
      })
    await append('first')
    const before = await used()
    for (let at = 0; at < 200; at++) await append(`visitor-${at}`)
    const bytes = ((await used()) - before) / 200
    expect(bytes).toBeGreaterThan(4_000)
    expect(bytes).toBeLessThan(12_000)
    await store.close()
  })

  describeProfileStore('redis with a client handed in', async () => {
    const client = await createClient({ url: server.url }).connect()
    const site = `*{${++sites}}`
    const open = () => createRedisStore({ client, site, timeout })
    return { store: open(), reopen: async () => open(), dispose: async () => client.destroy() }
  })
})

describe.skipIf(NO_REDIS)(`on a real cluster${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  let cluster: RedisCluster
  beforeAll(async () => {
    cluster = await startRedisCluster()
  }, 30_000)
  afterAll(() => cluster.stop())

  describeQuarantine('redis cluster', async () => {
    const site = `site ${++sites}`
    const open = () => createRedisStore({ nodes: cluster.urls, site, timeout })
    return { store: open(), reopen: async () => open() }
  })

  describeProfileStore('redis cluster', async () => {
    const site = `site ${++sites}`
    const open = () => createRedisStore({ nodes: cluster.urls, site, timeout })
    return { store: open(), reopen: async () => open() }
  })
})

test('every script has its SHA', () => {
  for (const { source, sha } of [scripts, mergeScripts, rekeyScripts].flatMap((room) =>
    Object.values(room),
  )) {
    expect(createHash('sha1').update(source).digest('hex')).toBe(sha)
  }
})
