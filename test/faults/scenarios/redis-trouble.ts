import { holdUp, keyOf, openRedisStage, type RedisStage } from '../../support/fault-redis.ts'
import { pause } from '../../support/fault-time.ts'
import { type StoreRow, storeScenario } from './play-store-row.ts'
import type { Scenario } from './scenario.ts'

// What the server itself says is answered at once; a write that is refused was read before.
const SAID_MS = 500
const APPEND_LIMIT_MS = 1_500
// The store looks again after 50 ms to a second.
const PLAN_KEY = 'attune:default:plans'

type Row = StoreRow<RedisStage>
type Key = (visitor: string) => string

const FIRST = '0'.padStart(22, '0')
const config =
  (name: string, value: string | number) =>
  ({ server }: RedisStage) =>
    server.ask('CONFIG', 'SET', name, value)

/** A key of a visitor is taken by another program, and given back. */
function wrongType(part: string, key: Key, other: readonly string[], answer: Row['answer']): Row {
  const place = key(FIRST)
  return {
    name: `a ${part} that is a ${other[0] === 'SET' ? 'text' : 'list'} of another program is not written to, and said`,
    strike: async ({ server }) => {
      if ((await server.ask('EXISTS', place)) === 1) await server.ask('RENAME', place, 'set-aside')
      await server.ask(other[0]!, place, ...other.slice(1))
    },
    heal: async ({ server }) => {
      await server.ask('DEL', place)
      if ((await server.ask('EXISTS', 'set-aside')) === 1) await server.ask('RENAME', 'set-aside', place)
    },
    answer,
    within: SAID_MS,
  }
}

const ROWS: readonly Row[] = [
  wrongType('profile', (visitor) => keyOf(visitor, 'profile'), ['SET', 'not ours'], 'first-later'),
  wrongType(
    'list of recent events',
    (visitor) => keyOf(visitor, 'recent'),
    ['LPUSH', 'not ours'],
    'first-later',
  ),
  wrongType(
    'list of settled events',
    (visitor) => keyOf(visitor, 'settled'),
    ['SET', 'not ours'],
    'first-later',
  ),
  wrongType('shelf of plans', () => PLAN_KEY, ['SET', 'not ours'], 'kept'),
  wrongType('count of refusals', () => 'attune:default:{rejected}:counts', ['SET', 'not ours'], 'later'),
  {
    name: 'a Redis that is full refuses, and takes everything when there is room',
    strike: config('maxmemory', '1mb'),
    heal: config('maxmemory', 0),
    answer: 'later',
    within: SAID_MS,
  },
  {
    name: 'a Redis that lacks the replicas it must have refuses',
    strike: config('min-replicas-to-write', 1),
    heal: config('min-replicas-to-write', 0),
    answer: 'later',
    within: SAID_MS,
  },
  {
    name: 'a Redis that became a replica refuses, and takes everything when it is the primary again',
    strike: async ({ server }) => {
      await server.ask('CONFIG', 'SET', 'replica-serve-stale-data', 'yes')
      // Of a primary that is not there: it keeps what it has.
      await server.ask('REPLICAOF', '127.0.0.1', '1')
    },
    heal: ({ server }) => server.ask('REPLICAOF', 'NO', 'ONE'),
    answer: 'later',
    within: SAID_MS,
  },
  {
    name: 'a replica that does not serve what may be old is told of, and asked again',
    strike: async ({ server }) => {
      await server.ask('CONFIG', 'SET', 'replica-serve-stale-data', 'no')
      await server.ask('REPLICAOF', '127.0.0.1', '1')
    },
    heal: ({ server }) => server.ask('REPLICAOF', 'NO', 'ONE'),
    answer: 'later',
    within: SAID_MS,
  },
  {
    name: 'a Redis that forgot our scripts is told them again within the same request',
    strike: ({ server }) => server.ask('SCRIPT', 'FLUSH'),
    during: ({ server }) => server.ask('SCRIPT', 'FLUSH'),
    rounds: 5,
    answer: 'kept',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis whose primary pauses writes for a failover is given up at the deadline',
    strike: ({ server }) => server.ask('CLIENT', 'PAUSE', 1_500, 'WRITE'),
    heal: ({ server }) => server.ask('CLIENT', 'UNPAUSE'),
    rounds: 1,
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that ends our connections again and again loses nothing',
    strike: () => {},
    during: async ({ server }) => {
      await pause(1)
      await server.ask('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    },
    rounds: 6,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that takes no more connections is told of, and taken when it does',
    strike: async ({ server, proxy }) => {
      await server.ask('CONFIG', 'SET', 'maxclients', 1)
      proxy.cut()
      // Until the connections that were cut are gone, it counts them.
      await pause(20)
    },
    heal: config('maxclients', 10_000),
    answer: 'later',
    within: SAID_MS,
  },
  {
    name: 'a Redis whose password changed is told of, and taken with the right one',
    strike: async ({ server, proxy }) => {
      await server.ask('CONFIG', 'SET', 'requirepass', 'another')
      proxy.cut()
      await pause(20)
    },
    heal: async ({ server }) => {
      await server.ask('CONFIG', 'SET', 'requirepass', '')
    },
    answer: 'later',
    within: SAID_MS,
  },
  {
    name: 'a Redis whose events vanish one by one counts what comes afterwards all the same',
    strike: ({ server }) => server.ask('DEL', keyOf(FIRST, 'settled'), PLAN_KEY),
    during: ({ server }) => server.ask('DEL', PLAN_KEY),
    rounds: 3,
    answer: 'kept',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that a script holds up is given up, and goes on when the script is killed',
    strike: ({ server }) => holdUp(server),
    heal: ({ server }) => server.ask('SCRIPT', 'KILL'),
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a Redis that stands still is given up at the deadline, and what it did later is not done twice',
    strike: ({ server }) => void process.kill(server.pid, 'SIGSTOP'),
    heal: ({ server }) => void process.kill(server.pid, 'SIGCONT'),
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
]

/** What a Redis itself does wrong. */
export const REDIS_TROUBLE: readonly Scenario[] = ROWS.map((row) =>
  storeScenario(row, ({ later }) => openRedisStage(later), 'redis'),
)
