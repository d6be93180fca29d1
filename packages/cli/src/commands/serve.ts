import { setTimeout } from 'node:timers/promises'
import { createGpcAnswer } from '@attune/collector'
import { createShedder } from '@attune/collector/node'
import { createOnlookers } from '@attune/collector/watching'
import { observeQueue, observeRuleset } from '@attune/storage/telemetry'
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
import { countAnswers } from '../live/count-answers.ts'
import { createLiveRoutes } from '../live/create-live-routes.ts'
import { CONSENT_DATABASE, consentFolder, openConsentLog } from '../options/open-consent-log.ts'
import { DATABASE } from '../options/open-database.ts'
import { REDIS_OPTION } from '../options/open-redis.ts'
import { DEFAULT_DATA, openStore, PARTITIONS } from '../options/open-store.ts'
import { readKeys } from '../options/read-keys.ts'
import { readServerSecret, requireSecret } from '../options/read-secret.ts'
import { SITE_OPTION } from '../options/site-option.ts'
import { readAuditor } from '../rights/write-down.ts'
import { openRules, RULES_OPTIONS } from '../ruleset/open-rules.ts'
import { IDENTITY_OPTIONS, readShownTraits } from '../serve/answer-identity.ts'
import { createHandler } from '../serve/create-handler.ts'
import { lookAtProofs } from '../serve/look-at-proofs.ts'
import { FORMATS_OPTIONS, readFormatKeys } from '../serve/open-formats.ts'
import { type OpenedQuality, openQuality, QUALITY_OPTIONS } from '../serve/open-quality.ts'
import { openServer } from '../serve/open-server.ts'
import { openSockets, SOCKET_OPTIONS } from '../serve/open-sockets.ts'
import { COLLECT_PATH } from '../serve/route-request.ts'
import { PROOF_DAYS } from '../serve/sweep-proofs.ts'
import { sweptUntil } from '../serve/swept-until.ts'
import { createLog } from '../telemetry/log.ts'
import { HEALTH_PATH, METRICS_PATH } from '../telemetry/monitor.ts'
import { lookAtLoad, lookAtQueue, lookAtRuleset, lookAtStore } from '../telemetry/parts.ts'
import { baseOf, openMeter, openWatch, WATCH_OPTIONS, type Watch } from '../telemetry/watch.ts'

const DAY = 86_400_000
const DEFAULT_PORT = 8787
const DEFAULT_HOST = '127.0.0.1'
// A commit takes milliseconds and a request at most ten seconds to come in.
const GRACE = 10_000
// Whoever restarts processes kills them after a while: systemd after 90 seconds, Kubernetes after 30 unless told otherwise.
const MOST_DRAIN = 300

/** `attune serve`: the collector alone, for sites whose pages are served elsewhere. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serves the collector: takes events at /attune/collect and keeps profiles in SQLite or Redis.',
  arguments: [],
  options: {
    ...RULES_OPTIONS,
    data: {
      type: 'string',
      value: '<folder>',
      help: `Holds ${DATABASE} and ${CONSENT_DATABASE}; default ATTUNE_DATA, else ${DEFAULT_DATA}.`,
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
    site: SITE_OPTION,
    gpc: {
      type: 'string',
      value: '<day>',
      help: 'Answers /.well-known/gpc.json: since that day the site keeps to Global Privacy Control. Default: 404.',
    },
    proofs: {
      type: 'string',
      value: '<days>',
      help: `Deletes proofs of consent that are older, but for what stands behind a consent of today. Default ${PROOF_DAYS}.`,
    },
    metrics: {
      type: 'boolean',
      help: 'Answers /metrics (Prometheus) at its own port as well. Default: off.',
    },
    drain: {
      type: 'string',
      value: '<seconds>',
      help: 'Goes on so long after the signal while /healthz says 503, so that a load balancer sends elsewhere first. Default 0.',
    },
    ...FORMATS_OPTIONS,
    ...IDENTITY_OPTIONS,
    ...SOCKET_OPTIONS,
    ...QUALITY_OPTIONS,
    ...WATCH_OPTIONS,
  },
  notes: [
    'ATTUNE_SECRET signs the cookies: at least 32 characters, the same that the site runs with.',
    'ATTUNE_SERVER_SECRET, another one, lets servers send signed events to /attune/server-events, and say at /attune/identify who signs in.',
    '/healthz says whether it takes events; /health and /metrics tell more, to this machine alone or to whoever sends ATTUNE_HEALTH_TOKEN.',
    '/attune/live shows what comes while it does, to whoever has a key of ATTUNE_KEYS; `attune tail` the events themselves.',
    'An event is acknowledged when it is on the disk, or as durable as the Redis is set up to be. SIGINT or SIGTERM ends it: what is under way is finished first.',
  ],
  examples: ['ATTUNE_SECRET=… attune serve --ruleset ruleset.json --port 8787'],
  async run(call, io): Promise<ExitCode> {
    const options = readOptions(call, io)
    const stopped = io.untilStopped()
    const log = createLog(call, io, 'collector')
    const meter = await openMeter(call)
    const onError = (error: unknown, step: string): void => log.trouble(step, error)
    const rules = await openRules(call, io.env, log)
    let isStopping = false
    const found = await openStore(call, io.env, (error) => onError(error, 'store'))
    const opened = { ...found, store: sweptUntil(found.store, () => isStopping) }
    const { store, queue, breaker, where } = opened
    const folder = consentFolder(call, io.env)
    const proofs = openConsentLog(folder)
    const shedder = createShedder()
    let watch: Watch | undefined
    let quality: OpenedQuality | undefined
    try {
      quality = openQuality(call, io.env, log, opened.system === 'sqlite' ? where : undefined)
      const sockets = await openSockets(call, { collector: options.collector, shedder, meter })
      const parts = {
        ruleset: lookAtRuleset(rules.source),
        store: lookAtStore(store, breaker),
        ...(queue === undefined ? {} : { queue: lookAtQueue(queue, Date.now) }),
        proofs: lookAtProofs(folder, proofs.trouble),
        load: lookAtLoad(shedder),
        ...quality.parts,
        ...sockets?.parts,
      }
      if (meter !== undefined) {
        observeRuleset(rules.source, { meter })
        if (queue !== undefined) observeQueue(queue, { meter })
      }
      watch = await openWatch({ call, io, log, name: 'attune serve', parts, meter })
      const onlookers = createOnlookers()
      const collector = { ...options.collector, ...quality.collector, onlookers, onError }
      const shown = createLiveRoutes({ onlookers, look: watch.look, alarms: quality.alarms })
      const handler = createHandler({
        options: collector,
        rules,
        opened,
        log: countAnswers(proofs, onlookers),
        proofsKept: options.proofsKept,
        gpc: options.gpc,
        serverSecret: options.serverSecret,
        formatKeys: options.formatKeys,
        shownTraits: readShownTraits(call),
        writeDown: readAuditor(io.env, (message) => void log.warn('audit', message)),
        shedder,
        live: shown,
        sockets,
        watch: watch.answer,
        keys: options.keys,
        meter,
      })
      const server = await openServer(handler, options, sockets)
      rules.follow()
      const base = baseOf(options.host, server.port)
      const begin = opened.keys === undefined ? '' : ` Its keys begin with ${opened.keys}.`
      const places = `Collecting at ${base}${COLLECT_PATH}, health at ${base}${HEALTH_PATH}, data in ${where}.${begin}`
      await log.announce('listening', places, { base, where })
      const metrics = watch.where ?? (meter && `Metrics at ${base}${METRICS_PATH}.`)
      if (metrics !== undefined) await log.announce('metrics', metrics)
      const { why } = await parts.proofs()
      if (why !== undefined) await log.warn('proofs', why)
      const signal = await stopped
      isStopping = true
      watch.stop()
      if (options.drain > 0) {
        const message = `${signal}: going on for ${options.drain} s, while /healthz says 503.`
        await log.tell('draining', message, { signal, seconds: options.drain })
        await setTimeout(options.drain * 1_000)
      }
      await log.tell('stopping', `${signal}: finishing what is under way.`, { signal })
      // These would go on for ever.
      shown.close()
      const closed = await Promise.all([sockets?.close(GRACE), server.close(GRACE)])
      if (closed.includes(false)) {
        const message = 'Some requests took too long and were cut off; none of them was acknowledged.'
        await log.warn('cut-off', message)
      }
      return 0
    } finally {
      rules.close()
      quality?.close()
      await watch?.close()
      await store.close()
      await proofs.close()
    }
  },
}

function readOptions(call: Call, io: Io) {
  const site = textOption(call, 'site')
  return {
    collector: {
      secret: requireSecret(io.env, 'sign cookies'),
      allowedOrigins: textOptions(call, 'origin').map(checkOrigin),
      ...(site && { site }),
    },
    gpc: readGpc(call),
    serverSecret: readServerSecret(io.env),
    formatKeys: readFormatKeys(call, io.env),
    proofsKept: wholeOption(call, 'proofs', { least: 1, most: 36_500, fallback: PROOF_DAYS }) * DAY,
    keys: readKeys(io.env),
    host: textOption(call, 'host') ?? DEFAULT_HOST,
    port: wholeOption(call, 'port', { least: 0, most: 65_535, fallback: DEFAULT_PORT }),
    drain: wholeOption(call, 'drain', { least: 0, most: MOST_DRAIN, fallback: 0 }),
  }
}

function readGpc(call: Call): (() => Response) | undefined {
  const lastUpdate = textOption(call, 'gpc')
  if (lastUpdate === undefined) return undefined
  try {
    return createGpcAnswer({ lastUpdate })
  } catch {
    throw new CannotRun(`--gpc is ${JSON.stringify(lastUpdate)}. Name a day, as in 2026-11-22.`)
  }
}

function checkOrigin(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  if (origin !== 'null' && /^https?:/.test(origin) && text.replace(/\/$/, '') === origin) return origin
  throw new CannotRun(
    `--origin is ${JSON.stringify(text)}. Give scheme and host, for example https://shop.example.`,
  )
}
