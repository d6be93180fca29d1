import {
  type Collector,
  type CollectorOptions,
  createCollector,
  createConsentRecorder,
  createServerEvents,
} from '@attune/collector'
import { createNodeHandler, type Shedder } from '@attune/collector/node'
import { observeCollector, observeShed } from '@attune/collector/telemetry'
import type { ConsentLog } from '@attune/storage/consent'
import { observeStore } from '@attune/storage/telemetry'
import type { OpenedStore } from '../options/open-store.ts'
import type { Rules } from '../ruleset/open-rules.ts'
import type { PrometheusMeter } from '../telemetry/prometheus-meter.ts'
import { createDeliveries } from './left-whole.ts'
import type { NodeHandler } from './open-server.ts'
import { type Routes, routeRequest } from './route-request.ts'
import { createProofSweeper } from './sweep-proofs.ts'

/** What answers requests. */
export interface HandlerParts {
  readonly options: Omit<CollectorOptions, 'ruleset' | 'store'>
  readonly rules: Rules
  readonly opened: OpenedStore
  /** Where answers to the banner are proven. */
  readonly log: ConsentLog
  /** Says that the site keeps to Global Privacy Control; without it nothing does. */
  readonly gpc: (() => Response) | undefined
  /** What servers sign their events with; without it they are not heard. */
  readonly serverSecret: string | undefined
  /** Refuses batches when too many come, and nothing else. */
  readonly shedder: Shedder
  readonly watch: Routes['watch']
  /** Who may use routes that ask for a role. */
  readonly keys: Routes['keys']
  readonly meter: PrometheusMeter | undefined
}

/** Creates what answers the requests of `attune serve`, always by the ruleset that is in force. */
export function createHandler(parts: HandlerParts): NodeHandler {
  const { options, rules, opened, shedder, meter, watch, log, gpc, serverSecret, keys = [] } = parts
  const store =
    meter === undefined ? opened.store : observeStore(opened.store, { meter, system: opened.system })
  const inForce = rules.use((ruleset) => createCollector({ ...options, ruleset, store }))
  // A batch is judged, kept and answered by one ruleset, also when another comes into force meanwhile.
  const current: Collector = {
    handle: (request) => inForce().handle(request),
    profile: (request) => inForce().profile(request),
    ingest: (batch) => inForce().ingest(batch),
  }
  const sweepProofs = createProofSweeper({ log, clock: options.clock, onError: options.onError })
  const recorder = rules.use((ruleset) => createConsentRecorder({ ...options, ruleset, store, log }))
  const others = {
    profile: createNodeHandler(current.profile),
    consent: createNodeHandler(async (request) => {
      const answer = await recorder().handle(request)
      // Not before there is a row: a site that proves nothing gets no file.
      if (answer.status === 204) sweepProofs()
      return answer
    }),
    gpc: gpc && createNodeHandler(async ({ method }) => (isRead(method) ? gpc() : answerMethod())),
    serverEvents: serverSecret === undefined ? undefined : hearServers(current, serverSecret, options),
    watch,
    keys,
  }
  if (meter === undefined)
    return routeRequest({ collect: createNodeHandler(current.handle, { shedder }), ...others })
  const deliveries = createDeliveries()
  const { handle } = observeCollector(current, { meter, delivered: deliveries.delivered })
  const collect = createNodeHandler(handle, { shedder, onShed: observeShed({ meter }) })
  return routeRequest({ collect: deliveries.watch(collect), ...others })
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
