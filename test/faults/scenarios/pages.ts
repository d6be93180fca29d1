import { holdUp, openRedisStage, type RedisStage } from '../../support/fault-redis.ts'
import { until } from '../../support/fault-time.ts'
import { HANG, instead, openUpstashStage, type UpstashStage } from '../../support/fault-upstash.ts'
import type { TcpFault } from '../../support/tcp-fault-proxy.ts'
import { type PageRow, type PageStage, pageScenario } from './play-page-row.ts'
import type { Scenario } from './scenario.ts'

type RedisPages = RedisStage & PageStage
type UpstashPages = UpstashStage & PageStage

function line<Stage extends RedisPages | UpstashPages>(
  name: string,
  fault: TcpFault,
  answer: PageRow<Stage>['answer'] = 'without',
): PageRow<Stage> {
  return { name, strike: ({ proxy }) => proxy.set(fault), heal: ({ proxy }) => proxy.set({}), answer }
}

const OF_REDIS: readonly PageRow<RedisPages>[] = [
  line('pages wait 25 ms at most for a Redis that takes 200', { latency: 200, jitter: 100 }),
  line('pages do not wait for a Redis in a black hole', { blackHole: true }),
  line('pages do not wait for a Redis that is not there', { refused: true }),
  line('pages do not wait for a Redis that is gone while its connections look open', { halfOpen: true }),
  line('pages read from a Redis whose replies come byte by byte', { slice: 1 }, 'either'),
  line(
    'pages go on while every connection to Redis is reset within a reply',
    { resetReplyAfter: 40 },
    'without',
  ),
  {
    name: 'pages read from a Redis that is too full to write',
    strike: ({ server }) => server.ask('CONFIG', 'SET', 'maxmemory', '1mb'),
    heal: ({ server }) => server.ask('CONFIG', 'SET', 'maxmemory', 0),
    answer: 'read',
  },
  {
    name: 'pages read from a replica that lost its primary',
    strike: ({ server }) => server.ask('REPLICAOF', '127.0.0.1', '1'),
    heal: ({ server }) => server.ask('REPLICAOF', 'NO', 'ONE'),
    answer: 'read',
  },
  {
    name: 'pages read from a Redis that forgot our scripts',
    strike: ({ server }) => server.ask('SCRIPT', 'FLUSH'),
    answer: 'read',
  },
  {
    name: 'pages go on while a script holds Redis up',
    strike: ({ server }) => holdUp(server),
    heal: ({ server }) => server.ask('SCRIPT', 'KILL'),
    answer: 'without',
  },
  {
    name: 'pages go on while Redis stands still',
    strike: ({ server }) => void process.kill(server.pid, 'SIGSTOP'),
    heal: ({ server }) => void process.kill(server.pid, 'SIGCONT'),
    answer: 'without',
  },
  {
    name: 'pages go on while Redis is killed, and read from it when it is back',
    strike: async ({ server }) => {
      // Of this one nothing is to be lost.
      await server.ask('SAVE')
      await server.kill('SIGKILL')
    },
    heal: async ({ server, direct }) => {
      await server.restart()
      await until('connected', 10_000, () =>
        direct.rejectedCounts().then(
          () => true,
          () => false,
        ),
      )
    },
    answer: 'without',
  },
]

const OF_UPSTASH: readonly PageRow<UpstashPages>[] = [
  line('pages wait 25 ms at most for an Upstash that takes 200', { latency: 200, jitter: 100 }),
  line('pages do not wait for an Upstash in a black hole', { blackHole: true }),
  line('pages do not wait for an Upstash that cannot be reached', { refused: true }),
  ...[
    ['never answers', HANG] as const,
    ['says 429', instead(() => Response.json({ error: 'ERR too many' }, { status: 429 }))] as const,
    ['answers with a page', instead(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))] as const,
    ['cuts its JSON', instead(() => new Response('{"result":["1'))] as const,
    ['answers what no store keeps', instead(() => Response.json({ result: [1, 2] }))] as const,
  ].map(
    ([what, trouble]): PageRow<UpstashPages> => ({
      name: `pages go on while Upstash ${what}`,
      strike: (stage) => {
        stage.trouble = trouble
      },
      heal: (stage) => {
        stage.trouble = undefined
      },
      answer: 'without',
    }),
  ),
]

/** What pages show while what they read from is in trouble. */
export const PAGES: readonly Scenario[] = [
  ...OF_REDIS.map((row) =>
    pageScenario(
      row,
      async ({ later }) => {
        const stage = await openRedisStage(later)
        return Object.assign(stage, { reader: stage.store })
      },
      'redis',
    ),
  ),
  ...OF_UPSTASH.map((row) => pageScenario(row, ({ later }) => openUpstashStage(later), 'redis')),
]
