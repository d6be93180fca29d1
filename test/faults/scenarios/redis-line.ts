import { openRedisStage, type RedisStage } from '../../support/fault-redis.ts'
import { pause } from '../../support/fault-time.ts'
import type { TcpFault } from '../../support/tcp-fault-proxy.ts'
import { type StoreRow, storeScenario } from './play-store-row.ts'
import type { Scenario } from './scenario.ts'

// An append asks two or three times, 250 ms each; what waits behind one of the same visitor waits as long again.
const APPEND_LIMIT_MS = 1_500
// A refused or broken connection is said at once.
const AT_ONCE_MS = 250

type Row = StoreRow<RedisStage>

const set =
  (fault: TcpFault) =>
  ({ proxy }: RedisStage) =>
    proxy.set(fault)
const heal = set({})

const ROWS: readonly Row[] = [
  {
    name: 'a Redis that is slow within its deadline is waited for',
    strike: set({ latency: 40, jitter: 20 }),
    heal,
    answer: 'kept',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that is slower than its deadline is given up, and what it did all the same is not done twice',
    strike: set({ latency: 400, jitter: 100 }),
    heal,
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that is now in time and now not takes what it can',
    strike: set({ latency: 200, jitter: 150 }),
    heal,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis in a black hole is given up at the deadline',
    strike: set({ blackHole: true }),
    heal,
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that refuses connections is told of at once',
    strike: set({ refused: true }),
    heal,
    answer: 'later',
    within: AT_ONCE_MS,
  },
  {
    name: 'a Redis that is gone while its connections look open is given up, and a new connection is made',
    strike: set({ halfOpen: true }),
    heal,
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'replies that come byte by byte are read whole',
    strike: set({ slice: 1 }),
    heal,
    answer: 'kept',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'replies in slices of 7 bytes, late as well, are read whole',
    strike: set({ slice: 7, latency: 10, jitter: 5 }),
    heal,
    answer: 'kept',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a connection that is cut again and again under load loses nothing',
    strike: () => {},
    during: async ({ proxy }) => {
      for (let times = 0; times < 3; times++) {
        await pause(times)
        proxy.cut()
      }
    },
    rounds: 8,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a network that flaps between black hole and health loses nothing',
    strike: () => {},
    during: async ({ proxy }) => {
      await proxy.set({ blackHole: true })
      await pause(60)
      await proxy.set({})
    },
    rounds: 4,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
]

/** What goes wrong between the collector and a Redis that is well. */
export const REDIS_LINE: readonly Scenario[] = ROWS.map((row) =>
  storeScenario(row, ({ later }) => openRedisStage(later), 'redis'),
)
