import { runWorker } from '@attune/storage/queue'
import {
  observeDelays,
  observeQueue,
  observeRuleset,
  observeStore,
  observeWorker,
} from '@attune/storage/telemetry'
import { type Call, CannotRun, type Command, type ExitCode, isSet, wholeOption } from '../command.ts'
import type { Io } from '../io.ts'
import {
  nameKeys,
  nameRedis,
  openRedisQueue,
  openRedisStore,
  REDIS_OPTION,
  redisPlace,
} from '../options/open-redis.ts'
import { firstAnswer, PARTITIONS } from '../options/open-store.ts'
import { SITE_OPTION } from '../options/site-option.ts'
import { openRules, RULES_OPTIONS } from '../ruleset/open-rules.ts'
import { createLog } from '../telemetry/log.ts'
import { lookAtQueue, lookAtRuleset, lookAtStore } from '../telemetry/parts.ts'
import { openMeter, openWatch, WATCH_OPTIONS, type Watch } from '../telemetry/watch.ts'
import { countOf } from '../terminal/format.ts'
import { lookAtWorker } from '../worker/look-at-worker.ts'
import { progressFields, progressLine } from '../worker/progress-line.ts'

const SAY_MS = 10_000

/** `attune work`: folds what collectors pushed into the queue. */
export const work: Command = {
  name: 'work',
  summary: 'Folds events that wait in the queue of a Redis into profiles, beside others that do.',
  arguments: [],
  options: {
    ...RULES_OPTIONS,
    redis: REDIS_OPTION,
    site: SITE_OPTION,
    partitions: {
      type: 'string',
      value: '<number>',
      help: `As many workers can fold side by side; the same everywhere. Default ${PARTITIONS.fallback}.`,
    },
    replay: { type: 'boolean', help: 'Puts back first what was set aside, for after its cause was mended.' },
    ...WATCH_OPTIONS,
  },
  notes: [
    'Start as many as you like, on as many machines; each takes its share of the partitions. One that is killed loses',
    'nothing: another goes on with what it held. SIGINT or SIGTERM ends it: what is under way is finished first.',
  ],
  examples: ['ATTUNE_REDIS_URL=redis://127.0.0.1:6379 attune work --ruleset ruleset.json'],
  async run(call, io): Promise<ExitCode> {
    const { place, partitions } = readOptions(call, io)
    const stopped = io.untilStopped()
    const log = createLog(call, io, 'worker')
    const meter = await openMeter(call)
    const rules = await openRules(call, io.env, log)
    const plan = rules.use((ruleset) => ruleset.plan)
    const store = openRedisStore(place, (error) => log.trouble('connect', error))
    const queue = openRedisQueue(place, partitions, (error) => log.trouble('connect', error))
    const controller = new AbortController()
    let watch: Watch | undefined
    try {
      await firstAnswer(queue.waiting(), (error) => log.trouble('connect', error))
      if (isSet(call, 'replay')) {
        const entries = await queue.replay()
        await log.tell('replayed', `Entries put back: ${entries}.`, { entries })
      }
      const worker = runWorker({
        queue,
        store: meter === undefined ? store : observeStore(store, { meter, system: 'redis' }),
        plan,
        signal: controller.signal,
        onError: (error, step) => log.trouble(step, error),
        delays: meter && observeDelays({ meter }),
      })
      if (meter !== undefined) {
        observeWorker(worker, { meter })
        observeQueue(queue, { meter })
        observeRuleset(rules.source, { meter })
      }
      rules.follow()
      const [from, keys] = [nameRedis(place), nameKeys(place)]
      await log.announce(
        'folding',
        `Folding from ${from}, ${countOf(partitions, 'partition')} in all. Its keys begin with ${keys}.`,
        {
          from,
          partitions,
          keys,
        },
      )
      watch = await openWatch({
        call,
        io,
        log,
        name: 'attune work',
        parts: {
          ruleset: lookAtRuleset(rules.source),
          store: lookAtStore(store),
          queue: lookAtQueue(queue, Date.now),
          worker: lookAtWorker(worker),
        },
        meter,
      })
      if (watch.where !== undefined) await log.announce('metrics', watch.where)
      const say = async (): Promise<void> => {
        const waiting = await queue.waiting().catch(() => null)
        const state = {
          report: worker.report(),
          partitions: worker.partitions().length,
          waiting,
          now: io.now(),
        }
        await log.tell('progress', progressLine(state), progressFields(state))
      }
      const timer = setInterval(say, SAY_MS)
      const signal = await stopped
      clearInterval(timer)
      watch.stop()
      await log.tell('stopping', `${signal}: finishing what is under way.`, { signal })
      controller.abort()
      await worker.ended
      await say()
      return 0
    } finally {
      controller.abort()
      rules.close()
      await watch?.close()
      await queue.close()
      await store.close()
    }
  },
}

function readOptions(call: Call, io: Io) {
  const place = redisPlace(call, io.env)
  if (place === undefined)
    throw new CannotRun('--redis <url> is missing. Name the Redis, or set ATTUNE_REDIS_URL.')
  const partitions = wholeOption(call, 'partitions', PARTITIONS)
  return { place, partitions }
}
