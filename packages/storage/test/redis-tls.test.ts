import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../../test/support/fault-time.ts'
import {
  type Authority,
  makeAuthority,
  NO_REDIS_TLS,
  startTlsRedis,
  type TlsRedis,
} from '../../../test/support/redis-tls.ts'
import { foldAll, makeEvent, PLAN } from '../src/contract/builders.ts'
import { StoreWriteError } from '../src/index.ts'
import { createRedisStore } from '../src/redis.ts'
import { createRedisQueue } from '../src/redis-queue.ts'
import { add, eventually, openEachTime } from './support/open-redis.ts'

const run = promisify(execFile)
const child = fileURLToPath(new URL('./support/append-to-redis.ts', import.meta.url))
const open = openEachTime()

describe.skipIf(NO_REDIS_TLS)(`a Redis over TLS${NO_REDIS_TLS ? `: ${NO_REDIS_TLS}` : ''}`, () => {
  let authority: Authority
  let other: Authority
  let redis: TlsRedis
  let url: string
  beforeAll(async () => {
    authority = makeAuthority()
    other = makeAuthority()
    redis = await startTlsRedis(authority)
    url = `rediss://localhost:${redis.port}`
  })
  afterAll(async () => {
    await redis.server.stop()
    authority.remove()
    other.remove()
  })

  test('keeps what it is given when its authority is named', async () => {
    const store = open({ url, ca: authority.ca })
    expect((await eventually(() => add(store, 'a'))).accepted).toEqual(['a'])
    expect(await store.load('v', PLAN)).toEqual(foldAll([makeEvent('a')]))
  })

  test('holds a queue as well', async () => {
    const queue = createRedisQueue({ url, ca: authority.ca, timeout: 5_000 })
    await eventually(() => queue.push({ visitor: 'v', events: [makeEvent('a')], received: 0 }))
    expect(await queue.waiting()).toMatchObject({ entries: 1 })
    await queue.close()
  })

  test('is trusted by a process whose NODE_EXTRA_CA_CERTS names the authority', async () => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority.file }
    const { stdout } = await run(process.execPath, [child, url, '20', '1'], { env, timeout: 30_000 })
    expect(JSON.parse(stdout)).toMatchObject({ sent: 21, duplicates: 1 })
  })

  test('is reached through a client of one’s own, which has its own authority', async () => {
    const client = await createClient({ url, socket: { tls: true, ca: authority.ca } }).connect()
    expect((await add(open({ client }), 'a', 'w')).accepted).toEqual(['a'])
    client.destroy()
  })

  test('lost and back is trusted again', async () => {
    const store = open({ url, ca: authority.ca })
    await eventually(() => add(store, 'a', 'x'))
    await redis.server.kill()
    await expect(store.load('x', PLAN)).rejects.toThrow(/not connected|connection failed/)
    await redis.server.restart()
    await eventually(() => add(store, 'b', 'x'))
  })

  test.each([
    ['another authority', () => other.ca],
    ['no authority that knows it', () => undefined],
  ])('is refused with %s, and the error says what to do', async (_, ca) => {
    await redis.server.ask('CONFIG', 'RESETSTAT')
    const heard: Error[] = []
    const store = open({ url, ca: ca(), onError: (error) => heard.push(error) })
    const refused = await store.load('v', PLAN).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StoreWriteError)
    expect(String(refused)).toMatch(
      /the server's certificate is not trusted \((SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_SIGNATURE_FAILURE)\)\. Give the authority that signed it as `ca`, or in the file that NODE_EXTRA_CA_CERTS names\./,
    )
    expect(heard.length).toBeGreaterThan(0)
    // Whoever is not trusted is told nothing.
    expect(String(await redis.server.ask('INFO', 'commandstats'))).not.toMatch(/eval|hello|client|auth/)
  })

  test('is refused when its certificate has run out', async () => {
    const old = makeAuthority(-1)
    const stale = await startTlsRedis(old)
    const store = open({ url: `rediss://localhost:${stale.port}`, ca: old.ca })
    await expect(store.load('v', PLAN)).rejects.toThrow(
      "the server's certificate is not trusted (CERT_HAS_EXPIRED). Renew it.",
    )
    await stale.server.stop()
    old.remove()
  })

  test('is a cluster as well, with nodes that were only heard of', async () => {
    const node = await startTlsRedis(authority, '--cluster-enabled', 'yes', '--tls-cluster', 'yes')
    await node.server.ask('CLUSTER', 'ADDSLOTSRANGE', 0, 16_383)
    const isWhole = async (): Promise<boolean> =>
      String(await node.server.ask('CLUSTER', 'INFO')).includes('cluster_state:ok')
    await until('the cluster is whole', 20_000, isWhole)
    const nodes = [`rediss://localhost:${node.port}`]
    expect((await eventually(() => add(open({ nodes, ca: authority.ca }), 'a'))).accepted).toEqual(['a'])
    await expect(open({ nodes, ca: other.ca }).load('v', PLAN)).rejects.toThrow(/certificate is not trusted/)
    await node.server.stop()
  })
})

test('an authority without TLS is a mistake, and said', () => {
  const wrong = () => createRedisStore({ url: 'redis://127.0.0.1:6379', ca: 'PEM' })
  expect(wrong).toThrow('[storage] createRedisStore: `ca` is for rediss://')
})
