import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../../test/support/redis.ts'
import { type RedisCluster, startRedisCluster } from '../../../../test/support/redis-cluster.ts'
import { makeEvent, NOON } from '../../src/contract/builders.ts'
import { describeEventQueue } from '../../src/contract.ts'
import type { EventQueue, QueueConsumer, QueueEntry } from '../../src/queue/event-queue.ts'
import { queueKeys } from '../../src/queue/queue-keys.ts'
import * as scripts from '../../src/queue/queue-scripts.ts'
import { createRedisQueue, type RedisQueueOptions } from '../../src/redis-queue.ts'
import { StoreBusyError, StoreWriteError } from '../../src/store-error.ts'

// A busy machine holds up every process on it.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const WHY = NO_REDIS ? `: ${NO_REDIS}` : ''
const PATIENCE = { timeout: 10_000, interval: 20 }
// Short, so that what a dead worker held is given to another soon.
const QUICK = { partitions: 8, lease: 600, pause: 5, timeout: 2_000 }

describe.each(Object.entries(scripts))('the script %s', (_name, { sha, source }) => {
  test('has the SHA-1 of its text', () => {
    expect(createHash('sha1').update(source).digest('hex')).toBe(sha)
  })
})

test('the keys of a partition share a hash tag, whatever the site is called', () => {
  const [first] = queueKeys('a:{b}*', 2).partitions
  expect(first).toEqual({
    waiting: 'attune:a%3A%7Bb%7D%2A:{queue-0}:waiting',
    aside: 'attune:a%3A%7Bb%7D%2A:{queue-0}:aside',
    anew: 'attune:a%3A%7Bb%7D%2A:{queue-0}:anew',
    lease: 'attune:a%3A%7Bb%7D%2A:{queue-0}:lease',
  })
  expect(() => queueKeys('', 2)).toThrow('A site is text of at least one character.')
})

test('without a place where Redis is, the cure is told', () => {
  expect(() => createRedisQueue({})).toThrow(
    'createRedisQueue: give `url`, `nodes` or `client`, one of them.',
  )
})

describe.skipIf(NO_REDIS)(`on a real Redis${WHY}`, () => {
  let server: RedisServer
  let sites = 0
  beforeAll(async () => {
    server = await startRedis('--appendonly', 'yes', '--appendfsync', 'always')
  })
  afterAll(() => server.stop())

  const open = (options: Partial<RedisQueueOptions> = {}): EventQueue => {
    const queue = createRedisQueue({ url: server.url, ...QUICK, ...options })
    onTestFinished(() => queue.close())
    return queue
  }

  describeEventQueue('redis queue', async () => {
    const options = { url: server.url, site: `contract-${++sites}`, ...QUICK }
    return { queue: createRedisQueue(options), open: async () => createRedisQueue(options) }
  })

  const push = (queue: EventQueue, visitor: string, id = 'a') =>
    queue.push({ visitor, events: [makeEvent(id)], received: NOON })

  async function takeAll(consumer: QueueConsumer, count: number): Promise<readonly QueueEntry[]> {
    const taken: QueueEntry[] = []
    await expect
      .poll(async () => {
        taken.push(...(await consumer.take({ most: count, wait: 20 })))
        return taken.length
      }, PATIENCE)
      .toBe(count)
    return taken
  }

  test('what a worker held that is not heard of any more goes to another', async () => {
    const site = 'takeover'
    const queue = open({ site })
    for (let at = 0; at < 20; at++) await push(queue, `v${at}`)
    // Leases that nobody renews and nobody gives back.
    for (const { lease } of queueKeys(site, QUICK.partitions).partitions) {
      await server.ask('SET', lease, 'a dead worker', 'PX', 700)
    }
    const consumer = queue.consume()
    expect(await consumer.take({ most: 20, wait: 50 })).toEqual([])
    const taken = await takeAll(consumer, 20)
    expect(new Set(taken.map(({ visitor }) => visitor)).size).toBe(20)
  })

  test('a new worker gets its share from one that has all, and the first gives back only what it finished', async () => {
    const queue = open({ site: 'share' })
    const first = queue.consume()
    await expect.poll(() => first.partitions().length, PATIENCE).toBe(8)
    for (let at = 0; at < 40; at++) await push(queue, `v${at}`)
    const taken = await first.take({ most: 40, wait: 1_000 })
    const second = queue.consume()
    // Its partitions are in the first one's hands.
    expect(await second.take({ most: 40, wait: 700 })).toEqual([])
    await first.done(taken)
    await expect.poll(() => second.partitions().length, PATIENCE).toBe(4)
    await expect.poll(() => first.partitions().length, PATIENCE).toBe(4)
    expect(first.partitions().filter((one) => second.partitions().includes(one))).toEqual([])
  })

  test('another number of partitions is refused, with the right one', async () => {
    await push(open({ site: 'agreed' }), 'v')
    const other = open({ site: 'agreed', partitions: 4 })
    const message = '[storage] redis queue: it has 8 partitions, not 4. Say 8 everywhere'
    await expect(push(other, 'v')).rejects.toThrow(message)
    await expect(other.consume().take({ most: 1, wait: 0 })).rejects.toThrow(message)
  })

  test('when too much waits in a partition a push is refused', async () => {
    const queue = open({ site: 'full', partitions: 1, mostWaiting: 2 })
    await push(queue, 'a')
    await push(queue, 'b')
    const refused = push(queue, 'c')
    await expect(refused).rejects.toThrow(StoreBusyError)
    await expect(refused).rejects.toThrow(/too many entries wait already/)
    expect(await queue.waiting()).toMatchObject({ entries: 2 })
  })

  test('a key of another kind is refused by name, and nothing is half written', async () => {
    const queue = open({ site: 'kinds', partitions: 1 })
    const [{ waiting, aside } = { waiting: '', aside: '' }] = queueKeys('kinds', 1).partitions
    await push(queue, 'v')
    const consumer = queue.consume()
    const [entry] = await takeAll(consumer, 1)
    await server.ask('SET', aside, 'text')
    await expect(consumer.setAside(entry!, 'bad')).rejects.toThrow(StoreWriteError)
    await expect(queue.replay()).rejects.toThrow(/WRONGTYPE/)
    expect(await server.ask('XLEN', waiting)).toBe(1)
    await server.ask('DEL', waiting)
    await server.ask('SET', waiting, 'text')
    await expect(push(queue, 'v')).rejects.toThrow(/WRONGTYPE.*keys that begin with `attune:`/)
  })

  test('an entry that is none of ours is set aside, and the others come', async () => {
    const queue = open({ site: 'foreign', partitions: 1 })
    const [{ waiting } = { waiting: '' }] = queueKeys('foreign', 1).partitions
    await server.ask('XADD', waiting, '*', 'something', 'else')
    await server.ask('XADD', waiting, '*', 'received', 'x', 'batch', '["v",1,[{"id":1}]]')
    await push(queue, 'v')
    expect((await takeAll(queue.consume(), 1)).map(({ visitor }) => visitor)).toEqual(['v'])
    await expect.poll(() => queue.waiting(), PATIENCE).toMatchObject({ entries: 1, setAside: 2 })
  })

  test('sites with one Redis do not see each other', async () => {
    const [one, two] = [open({ site: 'one' }), open({ site: 'two' })]
    await push(one, 'v')
    expect(await two.waiting()).toMatchObject({ entries: 0 })
    expect(await one.waiting()).toMatchObject({ entries: 1 })
  })

  test('what was pushed is there after a crash, and a Redis that comes back empty is gone on with', async () => {
    const own = await startRedis('--appendonly', 'yes', '--appendfsync', 'always')
    onTestFinished(() => own.stop())
    const queue = open({ url: own.url })
    for (let at = 0; at < 50; at++) await push(queue, `v${at}`)
    await own.kill()
    await expect(push(queue, 'v')).rejects.toThrow(StoreBusyError)
    await own.restart()
    await expect.poll(() => queue.waiting().catch(() => null), PATIENCE).toMatchObject({ entries: 50 })
    const consumer = queue.consume()
    const taken: QueueEntry[] = []
    const takeOn = (count: number) =>
      expect
        .poll(async () => {
          taken.push(...(await consumer.take({ most: 50, wait: 20 }).catch(() => [])))
          return taken.length
        }, PATIENCE)
        .toBe(count)
    await takeOn(50)
    await own.ask('FLUSHALL')
    await consumer.done(taken)
    await push(queue, 'after')
    await takeOn(51)
    expect(taken.at(-1)?.visitor).toBe('after')
  })
})

describe.skipIf(NO_REDIS)(`on a cluster of three${WHY}`, () => {
  let cluster: RedisCluster
  let sites = 0
  beforeAll(async () => {
    cluster = await startRedisCluster(3)
  })
  afterAll(() => cluster.stop())

  describeEventQueue('redis queue', async () => {
    const options = { nodes: cluster.urls, site: `contract-${++sites}`, ...QUICK }
    return { queue: createRedisQueue(options), open: async () => createRedisQueue(options) }
  })
})
