import { createRedisStore } from '@attune/storage/redis'
import { openRedisStage, type RedisStage } from '../../support/fault-redis.ts'
import { pause, until } from '../../support/fault-time.ts'
import { startRedis } from '../../support/redis.ts'
import { catchUp } from '../../support/redis-cluster.ts'
import { startTcpFaultProxy } from '../../support/tcp-fault-proxy.ts'
import { type LossStage, lossScenario } from './play-loss.ts'
import { type StoreRow, storeScenario } from './play-store-row.ts'
import type { Closing, Scenario } from './scenario.ts'

const AT_ONCE_MS = 500
const APPEND_LIMIT_MS = 1_500
const ALWAYS = ['--appendonly', 'yes', '--appendfsync', 'always']
// 4 ms for each of 150 keys, looking up after each kilobyte: half a second in which trackers are answered.
const SLOW_TO_LOAD = ['--key-load-delay', '4000', '--loading-process-events-interval-bytes', '1024']

type Row = StoreRow<RedisStage>

const KEPT: readonly Row[] = [
  {
    name: 'a Redis that is killed and comes back with its log lost nothing of what was acknowledged',
    strike: ({ server }) => server.kill('SIGKILL'),
    heal: ({ server }) => server.restart(),
    answer: 'later',
    within: AT_ONCE_MS,
  },
  {
    name: 'a Redis that is killed in the middle of a batch, five times, lost nothing and counted nothing twice',
    strike: () => {},
    during: async ({ server }, round) => {
      await pause(round)
      await server.kill('SIGKILL')
      await server.restart()
    },
    rounds: 5,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that was told to end and comes back lost nothing',
    strike: ({ server }) => server.kill('SIGTERM'),
    heal: ({ server }) => server.restart(),
    answer: 'later',
    within: AT_ONCE_MS,
  },
]

const LOADING: Row = {
  name: 'a Redis that is still loading what it kept is told of, and taken when it is ready',
  strike: async ({ server }) => {
    for (let at = 0; at < 150; at++) await server.ask('SET', `filler-${at}`, 'x'.repeat(2_000))
    await server.ask('SAVE')
    await server.kill('SIGKILL')
    // Not awaited: what is to be seen is the time before it is ready.
    void server.restart().catch(() => {})
    await until('redis loads', 10_000, () => said(server, 'LOADING'))
  },
  heal: ({ server }) => until('redis is ready', 20_000, () => said(server, 'PONG')),
  answer: 'later',
  within: AT_ONCE_MS,
}

async function said({ ask }: RedisStage['server'], word: string): Promise<boolean> {
  const answer = await ask('PING').catch((error: Error) => error.message)
  return String(answer).startsWith(word)
}

async function openEmptied(closing: Closing, ...args: readonly string[]): Promise<LossStage> {
  const { server, store, direct } = await openRedisStage(closing.later, args)
  return {
    store,
    direct: () => direct,
    mark: () => server.ask('SAVE'),
    lose: async () => {
      await server.kill('SIGKILL')
      await server.restart()
      await until('the store is connected', 10_000, () =>
        direct.rejectedCounts().then(
          () => true,
          () => false,
        ),
      )
    },
  }
}

async function openFlushed(closing: Closing): Promise<LossStage> {
  const { server, store, direct } = await openRedisStage(closing.later)
  const lose = async (): Promise<void> => {
    await server.ask('FLUSHALL')
    await server.ask('SCRIPT', 'FLUSH')
  }
  return { store, direct: () => direct, mark: () => {}, lose }
}

/** Two servers. What was acknowledged after the mark never reached the one that is promoted. */
async function openFailover(closing: Closing): Promise<LossStage> {
  const { server, proxy, store, direct } = await openRedisStage(closing.later)
  await server.ask('CONFIG', 'SET', 'repl-diskless-sync-delay', 0)
  const line = await startTcpFaultProxy(server.port)
  closing.later(() => line.close())
  const replica = await startRedis('--replicaof', '127.0.0.1', String(line.port))
  closing.later(() => replica.stop())
  const promoted = createRedisStore({ url: replica.url, timeout: 10_000 })
  closing.later(() => promoted.close())
  let isPromoted = false
  await catchUp(server, replica)
  return {
    store,
    direct: () => (isPromoted ? promoted : direct),
    mark: async () => {
      await catchUp(server, replica)
      await line.set({ blackHole: true })
    },
    lose: async () => {
      await server.kill('SIGKILL')
      await replica.ask('REPLICAOF', 'NO', 'ONE')
      isPromoted = true
      proxy.lead(replica.port)
    },
  }
}

/** What becomes of what was acknowledged when a Redis ends. */
export const REDIS_RESTART: readonly Scenario[] = [
  ...KEPT.map((row) => storeScenario(row, ({ later }) => openRedisStage(later, ALWAYS), 'redis')),
  storeScenario(LOADING, ({ later }) => openRedisStage(later, SLOW_TO_LOAD), 'redis'),
  lossScenario(
    {
      name: 'a Redis that comes back empty begins anew, with nothing half there',
      left: 'nothing',
      recovers: 3_000,
    },
    async (closing) => {
      const stage = await openEmptied(closing)
      return { ...stage, mark: () => {} }
    },
  ),
  lossScenario(
    {
      name: 'a Redis that comes back with an old snapshot has whole profiles of then, and takes what came later once',
      left: 'before the mark',
      recovers: 3_000,
    },
    (closing) => openEmptied(closing),
  ),
  lossScenario(
    {
      name: 'a Redis that was emptied under us begins anew, scripts and plans included',
      left: 'nothing',
      recovers: 500,
    },
    openFlushed,
  ),
  lossScenario(
    {
      name: 'a failover that loses the last second leaves whole profiles of then, and takes what was lost once more',
      left: 'before the mark',
      recovers: 3_000,
    },
    openFailover,
  ),
]
