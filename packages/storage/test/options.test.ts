import { expect, test } from 'vitest'
import { createRedisStore as createStore } from '../src/commands/create-redis-store.ts'
import type { RedisCommands } from '../src/commands/redis-commands.ts'
import { createConnection } from '../src/drivers/redis-connection.ts'
import { createKafkaQueue } from '../src/kafka-queue.ts'
import { createMemoryStore } from '../src/memory.ts'
import { createMemoryQueue, createQueuedStore, runWorker } from '../src/queue.ts'
import { createRedisStore } from '../src/redis.ts'
import { createRedisQueue } from '../src/redis-queue.ts'
import { createFileRuleset } from '../src/ruleset-file.ts'
import { createRulesetSource } from '../src/ruleset-source.ts'

const REDIS = { url: 'redis://127.0.0.1:6379' }
const SECURE = { url: 'rediss://127.0.0.1:6379' }
const FILE = { path: 'ruleset.published.json' }
const queue = createMemoryQueue()
const store = createMemoryStore()
const { signal } = new AbortController()
const REDIS_QUEUE = 'Create one with createRedisQueue of @attune/storage/redis-queue.'

/** A factory as JavaScript calls it, which no type keeps from giving it anything. */
type Loose = (options: object) => unknown
const loose = (factory: unknown): Loose => factory as Loose

test.each<[string, Loose, object, string]>([
  [
    'createRedisStore',
    loose(createRedisStore),
    { ...REDIS, timeout: '250' },
    '`timeout` is "250". Give milliseconds, 1 or more.',
  ],
  [
    'createRedisStore',
    loose(createRedisStore),
    { ...REDIS, timeout: -1 },
    '`timeout` is -1. Give milliseconds, 1 or more.',
  ],
  [
    'createRedisQueue',
    loose(createRedisQueue),
    { ...REDIS, timeout: Number.NaN },
    '`timeout` is NaN. Give milliseconds, 1 or more.',
  ],
  [
    'createRedisStore',
    loose(createRedisStore),
    { ...SECURE, ca: 'ca.pem' },
    '`ca` is "ca.pem". Give what the PEM file holds, not where it is.',
  ],
  [
    'createFileRuleset',
    loose(createFileRuleset),
    { ...FILE, interval: Number.NaN },
    '`interval` is NaN. Give milliseconds, 0 or more.',
  ],
  [
    'createFileRuleset',
    loose(createFileRuleset),
    { ...FILE, timeout: 0 },
    '`timeout` is 0. Give milliseconds, 1 or more.',
  ],
  ['createQueuedStore', loose(createQueuedStore), {}, `\`queue\` is undefined. ${REDIS_QUEUE}`],
  [
    'createQueuedStore',
    loose(createQueuedStore),
    { queue, store: {} },
    '`store` is {}. Give the store that is folded to, such as createRedisStore of @attune/storage/redis.',
  ],
  ['runWorker', loose(runWorker), {}, `\`queue\` is undefined. ${REDIS_QUEUE}`],
  [
    'runWorker',
    loose(runWorker),
    { queue, store, signal, plan: {} },
    '`plan` is {}. Give a function that answers the plan in force: () => compiled.plan.',
  ],
  [
    'runWorker',
    loose(runWorker),
    { queue, store, plan: () => ({}) },
    '`signal` is undefined. Give the signal of an AbortController, which ends the work.',
  ],
])('%s refuses a wrong option with its value and the cure', (from, factory, options, message) => {
  expect(() => factory(options)).toThrow(new TypeError(`[storage] ${from}: ${message}`))
})

test.each([{}, { brokers: 'host:9092', topic: 'events' }, { brokers: ['host:9092'] }])(
  'createKafkaQueue refuses %j with the cure',
  (options) => {
    expect(() => loose(createKafkaQueue)(options)).toThrow(
      "[storage] createKafkaQueue: `brokers` and `topic` are needed. Name one broker and the topic: { brokers: ['host:9092'], topic: 'events' }.",
    )
  },
)

test('a source of one’s own names itself when its interval is none', () => {
  expect(() => createRulesetSource('the row', async () => undefined, { interval: Number.NaN })).toThrow(
    '[storage] createRulesetSource: `interval` is NaN.',
  )
})

/** A connection that counts how often it was opened. */
function connect(warm: boolean): { readonly commands: RedisCommands; opened: number } {
  const counted = { opened: 0 }
  const open = async () => {
    counted.opened++
    return Promise.reject(new Error('[storage] redis: away.'))
  }
  const commands = createConnection({ clustered: false, open, isOurs: true, timeout: 50, warm })
  return Object.assign(counted, { commands })
}

test('a warm store connects when it is created, another when it is first asked', async () => {
  const [warm, cold] = [connect(true), connect(false)]
  expect([warm.opened, cold.opened]).toEqual([1, 0])
  const stores = [warm, cold].map(({ commands }) => createStore('redis', commands))
  await Promise.all(stores.map((one) => expect(one.rejectedCounts()).rejects.toThrow('away')))
  expect(cold.opened).toBe(1)
})
