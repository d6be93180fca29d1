import { planRuleset } from '@attune/core/publish'
import { runWorker } from '@attune/storage/queue'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  isSet,
  textOption,
  wholeOption,
} from '../command.ts'
import { type Io, write } from '../io.ts'
import { nameRedis, openRedisQueue, openRedisStore, REDIS_OPTION, redisPlace } from '../options/open-redis.ts'
import { firstAnswer, PARTITIONS } from '../options/open-store.ts'
import { readRuleset } from '../options/read-ruleset.ts'
import { openServer } from '../serve/open-server.ts'
import { countOf } from '../terminal/format.ts'
import { answerMonitor } from '../work/answer-monitor.ts'
import { createComplaints } from '../work/complaints.ts'
import { progressLine, type WorkState } from '../work/progress-line.ts'

const SAY_MS = 10_000
const GRACE = 1_000

/** `attune work`: folds what collectors pushed into the queue. */
export const work: Command = {
  name: 'work',
  summary: 'Folds events that wait in the queue of a Redis into profiles, beside others that do.',
  arguments: [],
  options: {
    ruleset: {
      type: 'string',
      value: '<file>',
      help: 'The ruleset that says what to remember. Required.',
    },
    redis: REDIS_OPTION,
    site: { type: 'string', value: '<name>', help: 'As `attune serve` was told; default default.' },
    partitions: {
      type: 'string',
      value: '<number>',
      help: `As many workers can fold side by side; the same everywhere. Default ${PARTITIONS.fallback}.`,
    },
    port: {
      type: 'string',
      value: '<number>',
      help: 'Answers /metrics (Prometheus) and /healthz there; 0 takes any free one. Default: neither.',
    },
    host: { type: 'string', value: '<address>', help: 'Of that port; default 127.0.0.1: only this machine.' },
    replay: { type: 'boolean', help: 'Puts back first what was set aside, for after its cause was mended.' },
  },
  notes: [
    'Start as many as you like, on as many machines; each takes its share of the partitions. One that is killed loses',
    'nothing: another goes on with what it held. SIGINT or SIGTERM ends it: what is under way is finished first.',
  ],
  examples: ['ATTUNE_REDIS_URL=redis://127.0.0.1:6379 attune work --ruleset ruleset.json'],
  async run(call, io): Promise<ExitCode> {
    const { place, plan, partitions } = readOptions(call, io)
    const stopped = io.untilStopped()
    const complain = createComplaints(io, 'worker')
    const store = openRedisStore(place, (error) => complain('connect', error))
    const queue = openRedisQueue(place, partitions, (error) => complain('connect', error))
    try {
      await firstAnswer(queue.waiting(), (error) => complain('connect', error))
      if (isSet(call, 'replay')) await write(io.stderr, `Entries put back: ${await queue.replay()}.\n`)
      const controller = new AbortController()
      const worker = runWorker({
        queue,
        store,
        plan: () => plan,
        signal: controller.signal,
        onError: (error, step) => complain(step, error),
      })
      await write(
        io.stdout,
        `Folding from ${nameRedis(place)}, ${countOf(partitions, 'partition')} in all.\n`,
      )
      const look = async (): Promise<WorkState> => {
        const waiting = await queue.waiting().catch(() => null)
        return { report: worker.report(), partitions: worker.partitions().length, waiting, now: io.now() }
      }
      const server = await openMetrics(call, io, look)
      const say = async (): Promise<void> => write(io.stderr, `${progressLine(await look())}\n`)
      const timer = setInterval(say, SAY_MS)
      const signal = await stopped
      clearInterval(timer)
      await write(io.stderr, `${signal}: finishing what is under way.\n`)
      controller.abort()
      await worker.ended
      await server?.close(GRACE)
      await say()
      return 0
    } finally {
      await queue.close()
      await store.close()
    }
  },
}

function readOptions(call: Call, io: Io) {
  const file = textOption(call, 'ruleset')
  if (file === undefined)
    throw new CannotRun('--ruleset <file> is missing. Name the ruleset that the site runs with.')
  const place = redisPlace(call, io.env)
  if (place === undefined)
    throw new CannotRun('--redis <url> is missing. Name the Redis, or set ATTUNE_REDIS_URL.')
  const partitions = wholeOption(call, 'partitions', PARTITIONS)
  return { place, plan: planRuleset(readRuleset(file)), partitions }
}

async function openMetrics(call: Call, io: Io, look: () => Promise<WorkState>) {
  if (textOption(call, 'port') === undefined) return undefined
  const host = textOption(call, 'host') ?? '127.0.0.1'
  const port = wholeOption(call, 'port', { least: 0, most: 65_535, fallback: 0 })
  const server = await openServer(answerMonitor(look), { host, port })
  await write(
    io.stdout,
    `Metrics at http://${host.includes(':') ? `[${host}]` : host}:${server.port}/metrics.\n`,
  )
  return server
}
