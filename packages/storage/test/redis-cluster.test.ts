import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NO_REDIS } from '../../../test/support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../../../test/support/redis-cluster.ts'
import { PLAN } from '../src/contract/builders.ts'
import { StoreBusyError } from '../src/index.ts'
import { add, eventually, openEachTime } from './support/open-redis.ts'

const why = NO_REDIS ? `: ${NO_REDIS}` : ''
const open = openEachTime()

describe.skipIf(NO_REDIS)(`the connection to a cluster${why}`, () => {
  let cluster: RedisCluster
  beforeAll(async () => {
    cluster = await startRedisCluster()
  }, 30_000)
  afterAll(() => cluster.stop())

  test('spreads visitors over the nodes, and one that is lost fails its own visitors only', async () => {
    const store = open({ nodes: cluster.urls, timeout: 1_000 })
    const visitors = Array.from({ length: 60 }, (_, at) => `v${at}`)
    await eventually(() => Promise.all(visitors.map((visitor) => add(store, 'a', visitor))))
    const kept = await Promise.all(cluster.nodes.map(({ ask }) => ask('DBSIZE')))
    for (const keys of kept) expect(keys).toBeGreaterThan(10)
    await Promise.all(
      cluster.nodes.map(({ ask }) => ask('CONFIG', 'SET', 'cluster-require-full-coverage', 'no')),
    )
    await cluster.nodes[0]!.kill()
    const outcomes = await Promise.allSettled(visitors.map((visitor) => store.load(visitor, PLAN)))
    const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(failed.length).toBe(Math.floor(Number(kept[0]) / 2))
    for (const error of failed) expect(error).toBeInstanceOf(StoreBusyError)
    await cluster.nodes[0]!.restart()
    await eventually(() => Promise.all(visitors.map((visitor) => store.load(visitor, PLAN))))
  }, 60_000)

  test('a node that answers no more holds up its own visitors only, and not for long', async () => {
    const store = open({ nodes: cluster.urls, timeout: 300 })
    const visitors = Array.from({ length: 60 }, (_, at) => `v${at}`)
    const loadAll = () => Promise.allSettled(visitors.map((visitor) => store.load(visitor, PLAN)))
    const failed = async () => (await loadAll()).filter(({ status }) => status === 'rejected').length
    await eventually(async () => expect(await failed()).toBe(0))
    process.kill(cluster.nodes[1]!.pid, 'SIGSTOP')
    const [first, second] = [await failed(), await failed()]
    process.kill(cluster.nodes[1]!.pid, 'SIGCONT')
    for (const count of [first, second]) expect(count).toSatisfy((many: number) => many > 5 && many < 40)
    await eventually(async () => expect(await failed()).toBe(0))
  }, 60_000)
})
