import { COLLECTOR_METRICS } from '@attune/collector/telemetry'
import { type MetricSink, type MetricSpec, STORAGE_METRICS } from '@attune/storage/telemetry'
import { type Call, type Command, isSet, textOption, wholeOption } from '../command.ts'
import type { Io } from '../io.ts'
import { openServer } from '../serve/open-server.ts'
import { formatDuration } from '../terminal/format.ts'
import { createHealth, type Health, type LookAtPart } from './health.ts'
import { LOG_OPTION, type Log } from './log.ts'
import { createMayLook, readHealthToken } from './may-look.ts'
import { type AnswerMonitor, createMonitor, DETAILS_PATH, METRICS_PATH, type Monitor } from './monitor.ts'
import type { PrometheusMeter } from './prometheus-meter.ts'

/** The options by which a process that runs for long is watched. */
export const WATCH_OPTIONS: Command['options'] = {
  'metrics-port': {
    type: 'string',
    value: '<number>',
    help: 'Answers /metrics (Prometheus), /health and /healthz there; 0 takes any free one. Default: off.',
  },
  'metrics-host': {
    type: 'string',
    value: '<address>',
    help: 'Of that port; default 127.0.0.1: only this machine.',
  },
  log: LOG_OPTION,
}

/** Whether a part is well: 1, or degraded: 0. */
export const HEALTH_METRIC: MetricSpec = {
  name: 'attune.health',
  kind: 'gauge',
  unit: '1',
  description: 'Whether a part of the process is well: 1, or degraded: 0.',
  attributes: {
    'attune.health.part': [
      'ruleset',
      'store',
      'keys',
      'queue',
      'proofs',
      'load',
      'collection',
      'sockets',
      'worker',
    ],
  },
}

/** Every metric that a command may tell. */
export const COMMAND_METRICS: readonly MetricSpec[] = [
  ...COLLECTOR_METRICS,
  ...STORAGE_METRICS,
  HEALTH_METRIC,
]

/** What is watched. */
export interface Watched {
  readonly call: Call
  readonly io: Io
  readonly log: Log
  /** Names the process, such as `attune serve`. */
  readonly name: string
  readonly parts: { readonly [part: string]: LookAtPart }
  /** As `openMeter` gave it. */
  readonly meter: PrometheusMeter | undefined
  /** Writes down who may not look; without it nobody does. */
  readonly noteRefusal?: Monitor['noteRefusal']
}

/** A process that is watched. */
export interface Watch {
  /** Answers whoever watches at the process's own port; `/metrics` there only with `--metrics`. */
  readonly answer: AnswerMonitor
  /** Looks at the parts of the process. */
  readonly look: Health['look']
  /** Says where to look; undefined without a port for it. */
  readonly where: string | undefined
  /** From now on no new work is taken. */
  stop(): void
  close(): Promise<void>
}

const LOOK_MS = 10_000
const GRACE = 1_000

/** The meter of a command; `undefined` when nobody wants metrics. */
export async function openMeter(call: Call): Promise<PrometheusMeter | undefined> {
  if (!isSet(call, 'metrics') && textOption(call, 'metrics-port') === undefined) return undefined
  // Who does not measure does not load it.
  const { createPrometheusMeter } = await import('./prometheus-meter.ts')
  return createPrometheusMeter(COMMAND_METRICS)
}

/** Watches a process: looks after its health every ten seconds, tells the log of changes, and answers who asks. */
export async function openWatch({ call, io, log, name, parts, meter, noteRefusal }: Watched): Promise<Watch> {
  const token = readHealthToken(io.env)
  const health = createHealth({
    parts,
    clock: io.now,
    onChange: ({ part, status, why = '' }, lasted) => {
      const fields = { part, lasted: lasted / 1000 }
      if (status === 'degraded') void log.warn('degraded', `${part} is degraded: ${why}`, { ...fields, why })
      else void log.tell('well', `${part} is well again, after ${formatDuration(lasted)}.`, fields)
    },
  })
  if (meter !== undefined) observeHealth(health, meter)
  const shared = {
    name,
    health,
    hasToken: token !== undefined,
    noteRefusal,
    onError: (error: unknown) => log.trouble('monitor', error),
  }
  // Nobody has visitors sent to a port of its own.
  const apart = { ...shared, mayLook: createMayLook(token), metrics: meter?.render }
  const server = await openMonitorPort(call, createMonitor(apart))
  const beside = { ...shared, mayLook: createMayLook(token, true) }
  const timer = setInterval(() => void health.look(), LOOK_MS)
  timer.unref()
  return {
    answer: createMonitor({ ...beside, metrics: isSet(call, 'metrics') ? meter?.render : undefined }),
    where: server && `Metrics at ${server.base}${METRICS_PATH}, health at ${server.base}${DETAILS_PATH}.`,
    look: health.look,
    stop: health.stop,
    close: async () => {
      clearInterval(timer)
      await server?.close()
      meter?.close()
    },
  }
}

function observeHealth(health: Health, meter: MetricSink): void {
  const { name, unit, description } = HEALTH_METRIC
  const gauge = meter.createObservableGauge(name, { unit, description })
  meter.addBatchObservableCallback(
    async (result) => {
      const { parts } = await health.look()
      for (const { part, status } of parts)
        result.observe(gauge, status === 'ok' ? 1 : 0, { 'attune.health.part': part })
    },
    [gauge],
  )
}

async function openMonitorPort(call: Call, answer: AnswerMonitor) {
  if (textOption(call, 'metrics-port') === undefined) return undefined
  const host = textOption(call, 'metrics-host') ?? '127.0.0.1'
  const port = wholeOption(call, 'metrics-port', { least: 0, most: 65_535, fallback: 0 })
  const server = await openServer(
    async (incoming, outgoing) => {
      if (await answer(incoming, outgoing)) return
      outgoing.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
      outgoing.end('Ask for /metrics, /health or /healthz.\n')
    },
    { host, port, option: 'metrics-port' },
  )
  return { base: baseOf(host, server.port), close: () => server.close(GRACE) }
}

/** The address of a server, as a browser is given it. */
export function baseOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
