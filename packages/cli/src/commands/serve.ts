import { setTimeout } from 'node:timers/promises'
import { createShedder } from '@attune/collector/node'
import { createOnlookers } from '@attune/collector/watching'
import { observeQueue, observeRuleset } from '@attune/storage/telemetry'
import type { Command, ExitCode } from '../command.ts'
import type { Io } from '../io.ts'
import { countAnswers } from '../live/count-answers.ts'
import { createLiveRoutes } from '../live/create-live-routes.ts'
import { consentFolder, openConsentLog } from '../options/open-consent-log.ts'
import { redisPlace } from '../options/open-redis.ts'
import { openStore } from '../options/open-store.ts'
import { adviseKeysAtRest, idsAtRest } from '../options/read-keys-at-rest.ts'
import { shareConsent } from '../options/share-consent.ts'
import { readAuditor } from '../rights/write-down.ts'
import { openRules } from '../ruleset/open-rules.ts'
import { readShownTraits } from '../serve/answer-identity.ts'
import { adviseUnknownConsent } from '../serve/consent-today.ts'
import { createHandler } from '../serve/create-handler.ts'
import { type HeldErased, holdErased, refuseWhile } from '../serve/hold-erased.ts'
import { lookAtKeys } from '../serve/look-at-keys.ts'
import { lookAtProofs } from '../serve/look-at-proofs.ts'
import { type OpenedQuality, openQuality } from '../serve/open-quality.ts'
import { openServer } from '../serve/open-server.ts'
import { openSockets } from '../serve/open-sockets.ts'
import { createRefusalRecorder, type RefusalRecorder } from '../serve/record-refusals.ts'
import { COLLECT_PATH } from '../serve/route-request.ts'
import { readServeOptions, SERVE_OPTIONS } from '../serve/serve-options.ts'
import { sweepOften } from '../serve/sweep-often.ts'
import { sweptUntil } from '../serve/swept-until.ts'
import { createLog } from '../telemetry/log.ts'
import { HEALTH_PATH, METRICS_PATH } from '../telemetry/monitor.ts'
import { lookAtLoad, lookAtQueue, lookAtRuleset, lookAtStore } from '../telemetry/parts.ts'
import { baseOf, openMeter, openWatch, type Watch } from '../telemetry/watch.ts'

// A commit takes milliseconds and a request at most ten seconds to come in.
const GRACE = 10_000

/** `attune serve`: the collector alone, for sites whose pages are served elsewhere. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serves the collector: takes events at /attune/collect and keeps profiles in SQLite or Redis.',
  arguments: [],
  options: SERVE_OPTIONS,
  notes: [
    'ATTUNE_SECRET signs the cookies: at least 32 characters, the same that the site runs with.',
    'ATTUNE_KEYS_AT_REST, another one, keeps visitors under HMACs of their ids; every command that reads the same profiles needs it.',
    'ATTUNE_SERVER_SECRET, a third, lets servers send signed events to /attune/server-events, and say at /attune/identify who signs in.',
    '/healthz says whether it takes events; /health and /metrics tell more, to whoever sends ATTUNE_HEALTH_TOKEN, and at a --metrics-port without one to this machine.',
    '/attune/live shows what comes while it does, to whoever has a key of ATTUNE_KEYS; `attune tail` the events themselves.',
    'An event is acknowledged when it is on the disk, or as durable as the Redis is set up to be. SIGINT or SIGTERM ends it: what is under way is finished first.',
  ],
  examples: ['ATTUNE_SECRET=… ATTUNE_KEYS_AT_REST=… attune serve --ruleset ruleset.json --port 8787'],
  async run(call, io): Promise<ExitCode> {
    const options = readServeOptions(call, io.env)
    const stopped = io.untilStopped()
    const log = createLog(call, io, 'collector')
    const meter = await openMeter(call)
    const onError = (error: unknown, step: string): void => log.trouble(step, error)
    const rules = await openRules(call, io.env, log)
    let isStopping = false
    void stopped.then(() => {
      isStopping = true
    })
    let held: HeldErased | undefined
    const found = await openStore(call, io.env, (error) => onError(error, 'store'))
    const asked = refuseWhile(found.store, () => held?.isHeld() ?? false)
    const opened = { ...found, store: sweptUntil(asked, () => isStopping) }
    const { store, queue, breaker, where } = opened
    const folder = consentFolder(call, io.env)
    const redis = opened.system === 'redis' ? redisPlace(call, io.env) : undefined
    const consent = shareConsent(openConsentLog(folder), { folder, redis }, (error) =>
      onError(error, 'consent'),
    )
    const { log: proofs } = consent
    const shedder = createShedder()
    let watch: Watch | undefined
    let quality: OpenedQuality | undefined
    let refusals: RefusalRecorder | undefined
    let endSweeping: (() => void) | undefined
    try {
      const auditor = readAuditor(io.env, (message) => void log.warn('audit', message))
      refusals = auditor && createRefusalRecorder({ ...auditor, onError: (error) => onError(error, 'audit') })
      if (opened.eraseAgain !== undefined) {
        held = await holdErased(opened.eraseAgain, {
          warn: (message) => void log.warn('erased', message),
          onError: (error) => onError(error, 'erased'),
          isEnded: () => isStopping,
          writeDown: auditor?.act,
        })
        // Whom it did not come to would be known.
        if (isStopping) return 0
      }
      quality = openQuality(call, io.env, log, opened.system === 'sqlite' ? where : undefined)
      const sockets = await openSockets(call, { collector: options.collector, shedder, meter })
      const parts = {
        ruleset: lookAtRuleset(rules.source),
        store: lookAtStore(store, breaker, idsAtRest(io.env)),
        ...(queue === undefined ? {} : { queue: lookAtQueue(queue, Date.now) }),
        keys: lookAtKeys(opened, io),
        proofs: lookAtProofs(folder, proofs.trouble),
        load: lookAtLoad(shedder),
        ...quality.parts,
        ...sockets?.parts,
      }
      if (meter !== undefined) {
        observeRuleset(rules.source, { meter })
        if (queue !== undefined) observeQueue(queue, { meter })
      }
      const noteRefusal = refusals?.note
      watch = await openWatch({ call, io, log, name: 'attune serve', parts, meter, noteRefusal })
      const onlookers = createOnlookers()
      const collector = { ...options.collector, ...quality.collector, onlookers, onError }
      const shown = createLiveRoutes({ onlookers, look: watch.look, alarms: quality.alarms })
      const { answer, sweep } = createHandler({
        options: collector,
        rules,
        opened,
        log: countAnswers(proofs, onlookers),
        sharedAnswers: consent.shared,
        believesUnknown: options.believesUnknown,
        proofsKept: options.proofsKept,
        gpc: options.gpc,
        serverSecret: options.serverSecret,
        formatKeys: options.formatKeys,
        shownTraits: readShownTraits(call),
        writeDown: auditor?.act,
        noteRefusal,
        shedder,
        live: shown,
        look: watch.look,
        sockets,
        watch: watch.answer,
        keys: options.keys,
        meter,
      })
      const server = await openServer(answer, options, sockets)
      rules.follow()
      endSweeping = sweepOften(() => {
        sweep()
        consent.catchUp?.()
      })
      const base = baseOf(options.host, server.port)
      const begin = opened.keys === undefined ? '' : ` Its keys begin with ${opened.keys}.`
      const places = `Collecting at ${base}${COLLECT_PATH}, health at ${base}${HEALTH_PATH}, data in ${where}.${begin}`
      await log.announce('listening', places, { base, where })
      const metrics = watch.where ?? (meter && `Metrics at ${base}${METRICS_PATH}${forWhom(io.env)}.`)
      if (metrics !== undefined) await log.announce('metrics', metrics)
      const advice = adviseKeysAtRest(io.env)
      if (advice !== undefined) await log.warn('keys-at-rest', advice)
      const hears = options.formatKeys !== undefined || options.serverSecret !== undefined
      const unknown = adviseUnknownConsent(call, hears)
      if (unknown !== undefined) await log.warn('unknown-consent', unknown)
      const { why } = await parts.proofs()
      if (why !== undefined) await log.warn('proofs', why)
      const signal = await stopped
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
      endSweeping?.()
      rules.close()
      quality?.close()
      await watch?.close()
      await refusals?.close()
      await store.close()
      await proofs.close()
    }
  },
}

function forWhom(env: Io['env']): string {
  return env.ATTUNE_HEALTH_TOKEN ? '' : ', for nobody, while ATTUNE_HEALTH_TOKEN is not set'
}
