import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { observeCollector } from '@attune/collector/telemetry'
import { observeQueue, observeStore } from '@attune/storage/telemetry'
import {
  type Call,
  CannotRun,
  type Command,
  type ExitCode,
  textOption,
  textOptions,
  wholeOption,
} from '../command.ts'
import type { Io } from '../io.ts'
import { DATABASE } from '../options/open-database.ts'
import { REDIS_OPTION } from '../options/open-redis.ts'
import { DEFAULT_DATA, type OpenedStore, openStore, PARTITIONS } from '../options/open-store.ts'
import { readRuleset } from '../options/read-ruleset.ts'
import { requireSecret } from '../options/read-secret.ts'
import { createDeliveries } from '../serve/left-whole.ts'
import { type NodeHandler, openServer } from '../serve/open-server.ts'
import { COLLECT_PATH, routeRequest } from '../serve/route-request.ts'
import { createLog, type Log } from '../telemetry/log.ts'
import { HEALTH_PATH, METRICS_PATH } from '../telemetry/monitor.ts'
import { lookAtQueue, lookAtRuleset, lookAtStore } from '../telemetry/parts.ts'
import type { PrometheusMeter } from '../telemetry/prometheus-meter.ts'
import { baseOf, openMeter, openWatch, WATCH_OPTIONS, type Watch, type Watched } from '../telemetry/watch.ts'

const DEFAULT_PORT = 8787
const DEFAULT_HOST = '127.0.0.1'
// A commit takes milliseconds and a request at most ten seconds to come in.
const GRACE = 10_000

/** `attune serve`: the collector alone, for sites whose pages are served elsewhere. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serves the collector: takes events at /attune/collect and keeps profiles in SQLite or Redis.',
  arguments: [],
  options: {
    ruleset: {
      type: 'string',
      value: '<file>',
      help: 'The ruleset that says which events there are. Required.',
    },
    data: {
      type: 'string',
      value: '<folder>',
      help: `Holds ${DATABASE}; default ATTUNE_DATA, else ${DEFAULT_DATA}.`,
    },
    redis: REDIS_OPTION,
    queue: { type: 'boolean', help: 'Leaves folding to `attune work`: events wait in the same Redis.' },
    partitions: {
      type: 'string',
      value: '<number>',
      help: `Of the queue, as \`attune work\` is told. Default ${PARTITIONS.fallback}.`,
    },
    port: { type: 'string', value: '<number>', help: `Default ${DEFAULT_PORT}; 0 takes any free one.` },
    host: { type: 'string', value: '<address>', help: `Default ${DEFAULT_HOST}: only this machine.` },
    origin: {
      type: 'string',
      value: '<origin>',
      multiple: true,
      help: 'Another origin whose pages may send, e.g. https://shop.example. Repeatable.',
    },
    site: { type: 'string', value: '<name>', help: 'Tells sites with one secret apart; default site.' },
    metrics: {
      type: 'boolean',
      help: 'Answers /metrics (Prometheus) at its own port as well. Default: off.',
    },
    ...WATCH_OPTIONS,
  },
  notes: [
    'ATTUNE_SECRET signs the cookies: at least 32 characters, the same that the site runs with.',
    '/healthz says whether it takes events; /health and /metrics tell more, to this machine alone or to whoever sends ATTUNE_HEALTH_TOKEN.',
    'An event is acknowledged when it is on the disk, or as durable as the Redis is set up to be. SIGINT or SIGTERM ends it: what is under way is finished first.',
  ],
  examples: ['ATTUNE_SECRET=… attune serve --ruleset ruleset.json --port 8787'],
  async run(call, io): Promise<ExitCode> {
    const options = readOptions(call, io)
    const stopped = io.untilStopped()
    const log = createLog(call, io, 'collector')
    const meter = await openMeter(call)
    const opened = await openStore(call, io.env, (error) => log.trouble('store', error))
    let watch: Watch | undefined
    try {
      watch = await openWatch({
        call,
        io,
        log,
        name: 'attune serve',
        parts: partsOf(options, opened, io),
        meter,
      })
      const server = await openServer(createHandler(options, opened, watch, log, meter), options)
      const base = baseOf(options.host, server.port)
      const { where } = opened
      const places = `Collecting at ${base}${COLLECT_PATH}, health at ${base}${HEALTH_PATH}, data in ${where}.`
      await log.announce('listening', places, { base, where })
      const metrics = watch.where ?? (meter && `Metrics at ${base}${METRICS_PATH}.`)
      if (metrics !== undefined) await log.announce('metrics', metrics)
      const signal = await stopped
      watch.stop()
      await log.tell('stopping', `${signal}: finishing what is under way.`, { signal })
      if (!(await server.close(GRACE))) {
        const message = 'Some requests took too long and were cut off; none of them was acknowledged.'
        await log.warn('cut-off', message)
      }
      return 0
    } finally {
      await watch?.close()
      await opened.store.close()
    }
  },
}

type Options = ReturnType<typeof readOptions>

function createHandler(
  { collector: options }: Options,
  { store, system, queue }: OpenedStore,
  watch: Watch,
  log: Log,
  meter: PrometheusMeter | undefined,
): NodeHandler {
  const onError = (error: unknown, step: string): void => log.trouble(step, error)
  const deliveries = createDeliveries()
  const collector =
    meter === undefined
      ? createCollector({ ...options, store, onError })
      : observeCollector(
          createCollector({ ...options, store: observeStore(store, { meter, system }), onError }),
          { meter, delivered: deliveries.delivered },
        )
  if (meter !== undefined && queue !== undefined) observeQueue(queue, { meter })
  const route = createNodeHandler(routeRequest({ collect: collector.handle, profile: collector.profile }))
  const collect = meter === undefined ? route : deliveries.watch(route)
  return async (incoming, outgoing) => {
    if (!(await watch.answer(incoming, outgoing))) await collect(incoming, outgoing)
  }
}

function partsOf(
  { file, collector }: Options,
  { store, queue, breaker }: OpenedStore,
  { now }: Io,
): Watched['parts'] {
  return {
    ruleset: lookAtRuleset(file, collector.ruleset.revision, now),
    store: lookAtStore(store, breaker),
    ...(queue === undefined ? {} : { queue: lookAtQueue(queue, Date.now) }),
  }
}

function readOptions(call: Call, io: Io) {
  const file = textOption(call, 'ruleset')
  if (file === undefined)
    throw new CannotRun('--ruleset <file> is missing. Name the ruleset that the site runs with.')
  const site = textOption(call, 'site')
  const ruleset = readRuleset(file)
  const secret = requireSecret(io.env, 'sign cookies')
  return {
    file,
    collector: {
      ruleset,
      secret,
      allowedOrigins: textOptions(call, 'origin').map(checkOrigin),
      ...(site && { site }),
    },
    host: textOption(call, 'host') ?? DEFAULT_HOST,
    port: wholeOption(call, 'port', { least: 0, most: 65_535, fallback: DEFAULT_PORT }),
  }
}

function checkOrigin(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (origin !== 'null' && /^https?:/.test(origin) && text.replace(/\/$/, '') === origin) return origin
  throw new CannotRun(
    `--origin is ${JSON.stringify(text)}. Give scheme and host, for example https://shop.example.`,
  )
}
