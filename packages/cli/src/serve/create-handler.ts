import {
  type AuditedAct,
  type Collector,
  type CollectorOptions,
  createAccounts,
  createCollector,
  createConsentRecorder,
  createPixel,
  createServerEvents,
} from '@attune/collector'
import { createNodeHandler, deliveryOf, type Shedder } from '@attune/collector/node'
import { createRenewal } from '@attune/collector/renewal'
import { observeCollector, observeShed } from '@attune/collector/telemetry'
import type { ConsentLog } from '@attune/storage/consent'
import { observeStore } from '@attune/storage/telemetry'
import type { OpenedStore } from '../options/open-store.ts'
import type { Rules } from '../ruleset/open-rules.ts'
import type { PrometheusMeter } from '../telemetry/prometheus-meter.ts'
import { answerIdentity } from './answer-identity.ts'
import { answerRights } from './answer-rights.ts'
import { createConsentToday } from './consent-today.ts'
import { createDeliveries } from './left-whole.ts'
import { type FormatKeys, hearFormats } from './open-formats.ts'
import type { NodeHandler } from './open-server.ts'
import type { OpenedSockets } from './open-sockets.ts'
import { type Routes, routeRequest } from './route-request.ts'
import { createProofSweeper } from './sweep-proofs.ts'

/** What answers requests. */
export interface HandlerParts {
  readonly options: Omit<CollectorOptions, 'ruleset' | 'store'>
  readonly rules: Rules
  readonly opened: OpenedStore
  /** Where answers to the banner are proven. */
  readonly log: ConsentLog
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
  /** Refuses batches when too many come, and nothing else. */
  readonly shedder: Shedder
  /** Shows collection live. */
  readonly live: Routes['live']
  /** Answers sockets; without it nothing does. */
  readonly sockets?: OpenedSockets | undefined
  readonly watch: Routes['watch']
  /** Who may use routes that ask for a role. */
  readonly keys: Routes['keys']
  readonly meter: PrometheusMeter | undefined
}

/** Creates what answers the requests of `attune serve`, always by the ruleset that is in force. */
export function createHandler(parts: HandlerParts): NodeHandler {
  const { options, rules, opened, shedder, meter, watch, log, gpc, serverSecret, keys = [] } = parts
  const { formatKeys, writeDown, sockets } = parts
  const store =
    meter === undefined ? opened.store : observeStore(opened.store, { meter, system: opened.system })
  const inForce = rules.use((ruleset) => createCollector({ ...options, ruleset, store }))
  // A batch is judged, kept and answered by one ruleset, also when another comes into force meanwhile.
  const current: Collector = {
    handle: (request) => inForce().handle(request),
    profile: (request) => inForce().profile(request),
    ingest: (batch) => inForce().ingest(batch),
  }
  const sweepProofs = createProofSweeper({
    log,
    kept: parts.proofsKept,
    clock: options.clock,
    onError: options.onError,
  })
  const recorder = rules.use((ruleset) => createConsentRecorder({ ...options, ruleset, store, log }))
  const consent = createConsentToday({ log, pseudonyms: (visitor) => recorder().pseudonyms(visitor) })
  const pixel = rules.use((ruleset) => {
    const heard = { handle: current.handle, ingest: current.ingest }
    return createPixel({ ...options, ruleset, store, collector: heard, mailSecret: serverSecret, consent })
  })
  const accounts = createAccounts(options.secret, options.site)
  const account = (userId: string): string => accounts.of(userId)[0]
  const others = {
    identity: answerIdentity({ options, rules, store, serverSecret, shownTraits: parts.shownTraits }),
    rights: answerRights({ options, rules, store: opened.store, log, serverSecret, writeDown }),
    pixel: createNodeHandler((request) => pixel().handle(request)),
    formats: formatKeys && hearFormats({ ...options, ...formatKeys, collector: current, consent, account }),
    profile: createNodeHandler(current.profile),
    consent: createNodeHandler(async (request) => {
      const answer = await recorder().handle(request)
      // Not before there is a row: a site that proves nothing gets no file.
      if (answer.status === 204) sweepProofs()
      return answer
    }),
    gpc: gpc && createNodeHandler(async ({ method }) => (isRead(method) ? gpc() : answerMethod())),
    serverEvents: serverSecret === undefined ? undefined : hearServers(current, serverSecret, options),
    live: parts.live,
    socket: sockets && renewCookies({ ...options, store }, rules),
    watch,
    keys,
  }
  sockets?.answerBy(current.handle)
  const showShed = (): void => options.onlookers?.refuse('shed')
  if (meter === undefined)
    return routeRequest({
      collect: createNodeHandler(current.handle, { shedder, onShed: showShed }),
      ...others,
    })
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
  return routeRequest({ collect: deliveries.watch(collect), ...others })
}

function renewCookies(options: Omit<CollectorOptions, 'ruleset'>, rules: Rules): NodeHandler {
  const renewal = rules.use((ruleset) => createRenewal({ ...options, ruleset }))
  return createNodeHandler((request) => renewal().handle(request))
}

function hearServers(
  collector: Collector,
  secret: string,
  { site, onError }: HandlerParts['options'],
): NodeHandler {
  const more = { ...(site && { site }), ...(onError && { onError }) }
  return createNodeHandler(createServerEvents({ collector, secret, ...more }).handle)
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function answerMethod(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET, HEAD', 'cache-control': 'no-store' } })
}
