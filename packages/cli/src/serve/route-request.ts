import { createNodeHandler } from '@attune/collector/node'
import { type AccessKey, guardRoutes, type Route } from '@attune/collector/roles'
import { DETAILS_PATH, HEALTH_PATH, METRICS_PATH } from '../telemetry/monitor.ts'
import type { NodeHandler } from './open-server.ts'

/** Where browsers send their events; the tracker's default. */
export const COLLECT_PATH = '/attune/collect'
/** Where another host of the same site asks for a visitor's profile. */
export const PROFILE_PATH: string = `${COLLECT_PATH}/profile`

/** Where the banner tells what a visitor answered. */
export const CONSENT_PATH = '/attune/consent'
/** Where browsers and regulators look whether a site keeps to Global Privacy Control. */
export const GPC_PATH = '/.well-known/gpc.json'

/** Where servers of the site send signed events. */
export const SERVER_EVENTS_PATH = '/attune/server-events'

/** Who answers what. */
export interface Routes {
  readonly collect: NodeHandler
  /** Answers what another host of the site asks about a visitor. */
  readonly profile: NodeHandler
  /** Keeps proof of what a visitor answered. */
  readonly consent: NodeHandler
  /** Says that the site keeps to Global Privacy Control; without it nothing does. */
  readonly gpc?: NodeHandler | undefined
  /** Hears signed events of servers; without it nothing does. */
  readonly serverEvents?: NodeHandler | undefined
  /** Answers who watches the process; answers `false`, and nothing else, to a request for something else. */
  readonly watch: (...asked: Parameters<NodeHandler>) => Promise<boolean>
  /** Who has a key; default nobody. */
  readonly keys?: readonly AccessKey[]
}

/** A route, and who answers it. */
export interface ServedRoute extends Route {
  readonly answer: NodeHandler
}

/** Every route that is answered; each says who may use it. */
export function servedRoutes({
  collect,
  profile,
  consent,
  gpc,
  serverEvents,
  watch,
}: Routes): readonly ServedRoute[] {
  const watched: NodeHandler = async (incoming, outgoing) => {
    if (!(await watch(incoming, outgoing))) await answerNotFound(incoming, outgoing)
  }
  return [
    {
      path: COLLECT_PATH,
      access: { open: 'takes events in, and tells a browser about itself alone' },
      answer: collect,
    },
    { path: PROFILE_PATH, access: { proof: 'signed with the secret of the site' }, answer: profile },
    {
      path: CONSENT_PATH,
      access: { open: 'a page of the site tells what its visitor answered; nothing is read out' },
      answer: consent,
    },
    { path: GPC_PATH, access: { open: 'says what holds for everybody' }, answer: gpc ?? answerNotFound },
    {
      path: SERVER_EVENTS_PATH,
      access: { proof: 'each batch is signed with ATTUNE_SERVER_SECRET' },
      answer: serverEvents ?? answerNotFound,
    },
    { path: HEALTH_PATH, access: { open: 'one word' }, answer: watched },
    {
      path: DETAILS_PATH,
      access: { proof: 'asked from this machine, or ATTUNE_HEALTH_TOKEN' },
      answer: watched,
    },
    {
      path: METRICS_PATH,
      access: { proof: 'asked from this machine, or ATTUNE_HEALTH_TOKEN' },
      answer: watched,
    },
  ]
}

/** Sends each request that the gate lets in to who answers it, by its path as it came, and answers 404 to everything else. */
export function routeRequest(routes: Routes): NodeHandler {
  const gate = guardRoutes({ routes: servedRoutes(routes), ...(routes.keys && { keys: routes.keys }) })
  return async (incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? ''
    const asked = gate(path, incoming.headers.authorization)
    // Most are let in at once.
    const admission = asked instanceof Promise ? await asked : asked
    if ('route' in admission) return admission.route.answer(incoming, outgoing)
    const { refusal } = admission
    if (refusal === undefined) return answerNotFound(incoming, outgoing)
    return createNodeHandler(async () => refusal)(incoming, outgoing)
  }
}

const answerNotFound = createNodeHandler(async () => {
  const body = { error: 'not-found', message: `Events go to ${COLLECT_PATH}.` }
  return Response.json(body, { status: 404, headers: { 'cache-control': 'no-store' } })
})
