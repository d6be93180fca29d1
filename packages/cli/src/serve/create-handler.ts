import {
  type AuditedAct,
  type Collector,
  type CollectorOptions,
  createAccounts,
  createAnswerLimits,
  createCollector,
  createConsentRecorder,
  createPixel,
  createServerEvents,
} from '@attune/collector'
import { createNodeHandler, deliveryOf, type Shedder } from '@attune/collector/node'
import { createRenewal } from '@attune/collector/renewal'
import { observeCollector, observeShed } from '@attune/collector/telemetry'
import type { ConsentLog, SharedAnswers } from '@attune/storage/consent'
import { observeStore } from '@attune/storage/telemetry'
import type { OpenedStore } from '../options/open-store.ts'
import type { Rules } from '../ruleset/open-rules.ts'
import type { Health } from '../telemetry/health.ts'
import type { PrometheusMeter } from '../telemetry/prometheus-meter.ts'
import { answerIdentity } from './answer-identity.ts'
import { answerInsight } from './answer-insight.ts'
import { answerRights } from './answer-rights.ts'
import { createConsentToday } from './consent-today.ts'
import { createDeliveries } from './left-whole.ts'
import { noteRefused } from './note-refused.ts'
import { type FormatKeys, hearFormats } from './open-formats.ts'
import type { NodeHandler } from './open-server.ts'
import type { OpenedSockets } from './open-sockets.ts'
import type { NoteRefusal } from './record-refusals.ts'
import { PROFILE_PATH, type Routes, routeRequest, SERVER_EVENTS_PATH } from './route-request.ts'
import { createProofSweeper } from './sweep-proofs.ts'

/** What answers requests. */
export interface HandlerParts {
  readonly options: Omit<CollectorOptions, 'ruleset' | 'store'>
  readonly rules: Rules
  readonly opened: OpenedStore
  /** Where answers to the banner are proven. */
  readonly log: ConsentLog
  /** What visitors answered at whichever machine of the site; without it there is but this one. */
  readonly sharedAnswers?: Pick<SharedAnswers, 'read'> | undefined
  /** Whether what mails and formats say is granted holds of visitors who gave no answer. Default false. */
  readonly believesUnknown?: boolean
  /** Milliseconds that they are kept. Default five years. */
  readonly proofsKept?: number | undefined
  /** Says that the site keeps to Global Privacy Control; without it nothing does. */
  readonly gpc: (() => Response) | undefined
  /** What servers sign their events with; without it they are not heard. */
  readonly serverSecret: string | undefined
  /** Traits that a visitor's own browser is told. */
  readonly shownTraits: readonly string[]
  /** Who may send other tools' formats; without it they are not heard. */
  readonly formatKeys?: FormatKeys | undefined
  /** Writes down who asks for what is kept of a visitor; without it only visitors themselves are answered. */
  readonly writeDown?: AuditedAct | undefined
  /** Writes down who was not let in where; without it nobody does. */
  readonly noteRefusal?: NoteRefusal | undefined
  /** Refuses batches when too many come, and nothing else. */
  readonly shedder: Shedder
  /** Shows collection live. */
  readonly live: Routes['live']
  /** Tells how the process stands; without it nobody with a role is told. */
  readonly look?: Health['look'] | undefined
  /** Answers sockets; without it nothing does. */
  readonly sockets?: OpenedSockets | undefined
  readonly watch: Routes['watch']
  /** Who may use routes that ask for a role. */
  readonly keys: Routes['keys']
  readonly meter: PrometheusMeter | undefined
}

/** What serves. */
export interface Handler {
  /** Answers requests. */
  readonly answer: NodeHandler
  /**
   * Begins to delete events, profiles and proofs that have outlived their retention, no oftener than twice a day: to be called now and then, as nothing may
   * come that does so.
   */
  readonly sweep: () => void
}

/** Creates what answers the requests of `attune serve`, always by the ruleset that is in force. */
export function createHandler(parts: HandlerParts): Handler {
  const { options, rules, opened, shedder, meter, watch, log, gpc, serverSecret, keys = [] } = parts
  const { formatKeys, writeDown, noteRefusal, shownTraits, sockets } = parts
  const store =
    meter === undefined ? opened.store : observeStore(opened.store, { meter, system: opened.system })
  const inForce = rules.use((ruleset) => createCollector({ ...options, ruleset, store }))
  // A batch is judged, kept and answered by one ruleset, also when another comes into force meanwhile.
  const current: Collector = {
    handle: (request) => inForce().handle(request),
    profile: (request) => inForce().profile(request),
    ingest: (batch) => inForce().ingest(batch),
    tryOut: (batch) => inForce().tryOut(batch),
    sweep: () => inForce().sweep(),
  }
  const sweepProofs = createProofSweeper({
    log,
    kept: parts.proofsKept,
    clock: options.clock,
    onError: options.onError,
  })
  const answerLimits = createAnswerLimits()
  const recorder = rules.use((ruleset) =>
    createConsentRecorder({ ...options, ruleset, store, log, answerLimits }),
  )
  const consent = createConsentToday({
    log,
    shared: parts.sharedAnswers,
    pseudonyms: (visitor) => recorder().pseudonyms(visitor),
    unasked: options.unasked,
    believesUnknown: parts.believesUnknown ?? false,
  })
  const pixel = rules.use((ruleset) => {
    const heard = { handle: current.handle, ingest: current.ingest }
    return createPixel({ ...options, ruleset, store, collector: heard, mailSecret: serverSecret, consent })
  })
  const accounts = createAccounts(options.secret, options.site)
  const account = (userId: string): string => accounts.of(userId)[0]
  const others = {
    identity: answerIdentity({ options, rules, store, log, serverSecret, shownTraits, noteRefusal }),
    rights: answerRights({ options, rules, store: opened.store, log, serverSecret, writeDown, noteRefusal }),
    pixel: createNodeHandler((request) => pixel().handle(request)),
    formats:
      formatKeys &&
      hearFormats({ ...options, ...formatKeys, collector: current, consent, account }, noteRefusal),
    profile: createNodeHandler(noteRefused(PROFILE_PATH, current.profile, noteRefusal)),
    consent: createNodeHandler(async (request) => {
      const answer = await recorder().handle(request)
      if (answer.status === 204) sweepProofs()
      return answer
    }),
    gpc: gpc && createNodeHandler(async ({ method }) => (isRead(method) ? gpc() : answerMethod())),
    serverEvents: serverSecret === undefined ? undefined : hearServers(current, serverSecret, parts),
    live: parts.live,
    insight: parts.look && answerInsight({ ruleset: rules.use((ruleset) => ruleset), look: parts.look }),
    socket: sockets && renewCookies({ ...options, store }, rules),
    watch,
    keys,
    noteRefusal,
  }
  const sweep = (): void => {
    current.sweep()
    sweepProofs()
  }
  sockets?.answerBy(current.handle)
  const showShed = (): void => options.onlookers?.refuse('shed')
  if (meter === undefined) {
    const collect = createNodeHandler(current.handle, { shedder, onShed: showShed })
    return { answer: routeRequest({ collect, ...others }), sweep }
  }
  const deliveries = createDeliveries()
  const delivered = (request: Request) => deliveryOf(request) ?? deliveries.delivered()
  const { handle } = observeCollector(current, { meter, delivered })
  sockets?.answerBy(handle)
  const countShed = observeShed({ meter })
  const onShed = (isWhole: boolean): void => {
    showShed()
    countShed(isWhole)
  }
  const collect = createNodeHandler(handle, { shedder, onShed })
  return { answer: routeRequest({ collect: deliveries.watch(collect), ...others }), sweep }
}

function renewCookies(options: Omit<CollectorOptions, 'ruleset'>, rules: Rules): NodeHandler {
  const renewal = rules.use((ruleset) => createRenewal({ ...options, ruleset }))
  return createNodeHandler((request) => renewal().handle(request))
}

function hearServers(
  collector: Collector,
  secret: string,
  { options: { site, onError }, noteRefusal }: HandlerParts,
): NodeHandler {
  const more = { ...(site && { site }), ...(onError && { onError }) }
  const { handle } = createServerEvents({ collector, secret, ...more })
  return createNodeHandler(noteRefused(SERVER_EVENTS_PATH, handle, noteRefusal))
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function answerMethod(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET, HEAD', 'cache-control': 'no-store' } })
}
