import { createNodeHandler } from '@attune/collector/node'
import { type AccessKey, guardRoutes, type Route } from '@attune/collector/roles'
import { DETAILS_PATH, HEALTH_PATH, METRICS_PATH } from '../telemetry/monitor.ts'
import { type IdentityHandlers, identityRoutes } from './answer-identity.ts'
import { type InsightHandlers, insightRoutes } from './answer-insight.ts'
import { type CallerHandler, type RightsHandlers, rightsRoutes } from './answer-rights.ts'
import { FORMATS } from './open-formats.ts'
import type { NodeHandler } from './open-server.ts'
import type { NoteRefusal } from './record-refusals.ts'

/** Where browsers send their events; the tracker's default. */
export const COLLECT_PATH = '/attune/collect'
/** Where another host of the same site asks for a visitor's profile. */
export const PROFILE_PATH: string = `${COLLECT_PATH}/profile`

/** Where the banner tells what a visitor answered. */
export const CONSENT_PATH = '/attune/consent'
/** Where browsers and regulators look whether a site keeps to Global Privacy Control. */
export const GPC_PATH = '/.well-known/gpc.json'

/** The picture of one pixel, for mails and for pages without scripts. */
export const PIXEL_PATH = '/attune/pixel.gif'

/** Where servers of the site send signed events. */
export const SERVER_EVENTS_PATH = '/attune/server-events'

/** The page that shows collection live; it holds no number. */
export const LIVE_PATH = '/attune/live'
/** The numbers of that page, as a stream. */
export const NUMBERS_PATH = '/attune/live/numbers'
/** Events as they arrive, as a stream. */
export const EVENTS_PATH = '/attune/live/events'

/** Where pages with live placements open a socket, and ask for what it needs. */
export const SOCKET_PATH = '/attune/socket'

/** Who answers what. */
export interface Routes {
  readonly collect: NodeHandler
  /** Answers what another host of the site asks about a visitor. */
  readonly profile: NodeHandler
  /** Keeps proof of what a visitor answered. */
  readonly consent: NodeHandler
  /** Says that the site keeps to Global Privacy Control; without it nothing does. */
  readonly gpc?: NodeHandler | undefined
  /** Answers a picture, and hears who looked at it. */
  readonly pixel: NodeHandler
  /** Answers who asks for what is kept of a visitor. */
  readonly rights: RightsHandlers
  /** Knows people who sign in. */
  readonly identity: IdentityHandlers
  /** Hears other tools' formats; without it nothing does. */
  readonly formats?: NodeHandler | undefined
  /** Hears signed events of servers; without it nothing does. */
  readonly serverEvents?: NodeHandler | undefined
  /** Shows collection live; without it nothing does. */
  readonly live?: { readonly [part in 'page' | 'numbers' | 'events']: NodeHandler } | undefined
  /** Tells people with a role what goes on inside; without it nothing does. */
  readonly insight?: InsightHandlers | undefined
  /** Gives pages what a socket cannot: cookies and tickets; without it nothing does. */
  readonly socket?: NodeHandler | undefined
  /** Answers who watches the process; answers `false`, and nothing else, to a request for something else. */
  readonly watch: (...asked: Parameters<NodeHandler>) => Promise<boolean>
  /** Who has a key; default nobody. */
  readonly keys?: readonly AccessKey[]
  /** Writes down who was not let in; without it nobody does. */
  readonly noteRefusal?: NoteRefusal | undefined
}

/** A route, and who answers it. */
export interface ServedRoute extends Route {
  readonly answer: CallerHandler
}

/** Every route that is answered; each says who may use it. */
export function servedRoutes({
  collect,
  profile,
  consent,
  gpc,
  pixel,
  rights,
  identity,
  formats,
  serverEvents,
  live,
  insight,
  socket,
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
    ...identityRoutes(identity, answerNotFound),
    {
      path: PIXEL_PATH,
      access: { open: 'a picture; a mail’s is sealed with ATTUNE_SERVER_SECRET, and nothing is read out' },
      answer: pixel,
    },
    ...rightsRoutes(rights, answerNotFound),
    ...FORMATS.map((path) => ({
      path,
      access: { proof: 'a key of ATTUNE_WRITE_KEYS or ATTUNE_API_SECRETS' },
      answer: formats ?? answerNotFound,
    })),
    {
      path: LIVE_PATH,
      access: { open: 'a page without a number; it asks for a key, and with it for numbers' },
      answer: live?.page ?? answerNotFound,
    },
    {
      path: NUMBERS_PATH,
      access: { permission: 'aggregates.read' },
      answer: live?.numbers ?? answerNotFound,
    },
    { path: EVENTS_PATH, access: { permission: 'events.read' }, answer: live?.events ?? answerNotFound },
    ...insightRoutes(insight, answerNotFound),
    {
      path: SOCKET_PATH,
      access: { open: 'gives a browser cookies and a ticket for itself alone, by its signed cookie' },
      answer: socket ?? answerNotFound,
    },
    { path: HEALTH_PATH, access: { open: 'one word' }, answer: watched },
    {
      path: DETAILS_PATH,
      access: { proof: 'ATTUNE_HEALTH_TOKEN' },
      answer: watched,
    },
    {
      path: METRICS_PATH,
      access: { proof: 'ATTUNE_HEALTH_TOKEN' },
      answer: watched,
    },
  ]
}

/** Sends each request that the gate lets in to who answers it, by its path as it came, and answers 404 to everything else. */
export function routeRequest(routes: Routes): NodeHandler {
  const { keys, noteRefusal } = routes
  const gate = guardRoutes({
    routes: servedRoutes(routes),
    ...(keys && { keys }),
    ...(noteRefusal && { onRefuse: noteRefusal }),
  })
  return async (incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? ''
    const asked = gate(path, incoming.headers.authorization)
    // Most are let in at once.
    const admission = asked instanceof Promise ? await asked : asked
    if ('route' in admission) return admission.route.answer(incoming, outgoing, admission.caller)
    const { refusal } = admission
    if (refusal === undefined) return answerNotFound(incoming, outgoing)
    return createNodeHandler(async () => refusal)(incoming, outgoing)
  }
}

const answerNotFound = createNodeHandler(async () => {
  const body = { error: 'not-found', message: `Events go to ${COLLECT_PATH}.` }
  return Response.json(body, { status: 404, headers: { 'cache-control': 'no-store' } })
})
