import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createSealKeys, decodeVisitor, type SealKeys } from '@attune/core'
import { WebSocketServer } from 'ws'
import { isSameOrigin } from './batch/refuse-request.ts'
import { VISITOR_COOKIE } from './cookie-names.ts'
import { blockOf } from './limit/address-block.ts'
import { createClientAddress } from './limit/client-address.ts'
import { type Conversation, createConversation } from './live/conversation.ts'
import type { SocketHeaders } from './live/frame-request.ts'
import { cookiesToKeep } from './live/socket-cookies.ts'
import { readTicket } from './live/ticket.ts'
import { toRequest } from './node/node-request.ts'
import type { Shedder } from './node/shedder.ts'
import { createCounts } from './socket/counts.ts'
import { type RefuseReason, refuseUpgrade } from './socket/refuse-upgrade.ts'
import { type CutReason, followSocket, type Talk, type TalkLimits } from './socket/talk.ts'
import { readCookies } from './token/read-cookies.ts'

export type { RefuseReason } from './socket/refuse-upgrade.ts'
export type { CutReason, TalkLimits } from './socket/talk.ts'

/** How to answer sockets; the same secret and site as the collector's. */
export interface SocketOptions {
  /** Signs tickets: at least 32 characters; of several the newest stands first. */
  readonly secret: string | readonly string[]
  /** Default `site`. */
  readonly site?: string | undefined
  /** Answers each batch, as `handle` of `createCollector` does by HTTP. */
  readonly handle: (request: Request) => Promise<Response>
  /** Other origins whose pages may open sockets, like `https://shop.example`. Default none. */
  readonly allowedOrigins?: readonly string[] | undefined
  /** The proxies whose `X-Forwarded-For` is believed: addresses and ranges such as `10.0.0.0/8`. Default none. */
  readonly trustedProxies?: readonly string[] | undefined
  /** Sockets from one address, or from one household of IPv6 (a /56). Default 20. */
  readonly perAddress?: number | undefined
  /** Sockets at once. Default 10,000. */
  readonly most?: number | undefined
  /** Puts off what could not be answered in time; that of the HTTP handlers of the same process. Default: all is let in. */
  readonly shedder?: Shedder | undefined
  /** Hears of each message that was put off so. */
  readonly onShed?: (() => void) | undefined
  /** Milliseconds between two looks for a sign of life. Default 30,000. */
  readonly pingEvery?: number | undefined
  /** Default: 5 s for the ticket, 1 MB of unread answers, 16 waiting messages. */
  readonly limits?: Partial<TalkLimits> | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
}

/** How sockets stand, and what became of them so far. */
export interface SocketState {
  readonly open: number
  readonly most: number
  readonly messages: number
  /** Sockets that never began, by reason. */
  readonly refused: { readonly [reason in RefuseReason]: number }
  /** Sockets that we ended, by reason. */
  readonly cut: { readonly [reason in CutReason]: number }
}

/** Answers sockets. */
export interface Sockets {
  /** For the event `upgrade` of `node:http`: takes the connection as a socket, or refuses it and ends it. */
  upgrade(incoming: IncomingMessage, connection: Duplex, head: Buffer): void
  /** Takes no more, answers what was read and closes; answers whether all of them were closed within `grace` milliseconds. */
  close(grace: number): Promise<boolean>
  state(): SocketState
}

const LIMITS: TalkLimits = { greeting: 5_000, unread: 1 << 20, waiting: 16 }
const PER_ADDRESS = 20
const MOST = 10_000
const PING_EVERY = 30_000
// As many bytes as a body has by HTTP; packed, a small message could be a large one.
const PROTOCOL = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: 64 * 1024,
  maxFragments: 64,
  maxBufferedChunks: 1_024,
  closeTimeout: 2_000,
}
const NOT_KEPT = /^(?:cookie|upgrade|connection|sec-websocket-.*|content-.*|transfer-encoding|referer)$/

/**
 * Creates what answers sockets: batches up, their answers and the fresh decisions of the placements that the page named down. A socket
 * begins from a page of an origin that may send, shows within 5 s a ticket that `createRenewal` gave to the same visitor, and is then answered as
 * by HTTP: limits, bots, consent and redaction are those of `handle`.
 * @throws when the secret is too short or a trusted proxy is no address.
 */
export function createSockets(options: SocketOptions): Sockets {
  const { handle, allowedOrigins = [], shedder, onShed = () => {}, clock = Date.now } = options
  const { perAddress = PER_ADDRESS, most = MOST, site = 'site' } = options
  const limits = { ...LIMITS, ...options.limits }
  const keys = createSealKeys(options.secret)
  const clientOf = createClientAddress(options.trustedProxies)
  const server = new WebSocketServer({ ...PROTOCOL })
  const talks = new Set<Talk>()
  const places = createCounts()
  const refused = { origin: 0, request: 0, address: 0, full: 0, stopping: 0 }
  const cut = {
    ticket: 0,
    malformed: 0,
    cookies: 0,
    binary: 0,
    'too-large': 0,
    protocol: 0,
    slow: 0,
    silent: 0,
    stopping: 0,
  }
  let messages = 0
  let isStopping = false
  let onQuiet: (() => void) | undefined

  const refuse = (connection: Duplex, reason: RefuseReason): void => {
    refused[reason]++
    refuseUpgrade(connection, reason)
  }
  // Told instead of answered, so that these are counted too.
  server.on('wsClientError', (_error, connection) => refuse(connection, 'request'))

  const timer = setInterval(() => {
    for (const talk of talks) talk.look()
  }, options.pingEvery ?? PING_EVERY)
  timer.unref()

  const reasonAgainst = (incoming: IncomingMessage, url: string, place: string): RefuseReason | undefined => {
    const { origin, host = null } = incoming.headers
    if (isStopping) return 'stopping'
    if (origin === undefined) return 'origin'
    if (!isSameOrigin(origin, url, host) && !allowedOrigins.includes(origin)) return 'origin'
    if (talks.size >= most) return 'full'
    return places.of(place) >= perAddress ? 'address' : undefined
  }

  const begin = (incoming: IncomingMessage, request: Request, connection: Duplex, head: Buffer): void => {
    const peer = incoming.socket.remoteAddress
    const place = placeOf(clientOf(peer, request.headers.get('x-forwarded-for')))
    const reason = reasonAgainst(incoming, request.url, place)
    if (reason !== undefined) return refuse(connection, reason)
    // Made before, so that what began a socket is not kept as long as the socket.
    const conversation = converse(request, incoming, peer)
    server.handleUpgrade(incoming, connection, head, (socket) => {
      places.add(place)
      const talk = followSocket(socket, conversation, {
        limits,
        shedder,
        onShed,
        onMessage: () => {
          messages++
        },
        onEnd: (why) => {
          if (why !== undefined) cut[why]++
          places.remove(place)
          talks.delete(talk)
          if (talks.size === 0) onQuiet?.()
        },
      })
      talks.add(talk)
    })
  }

  const converse = (request: Request, incoming: IncomingMessage, peer: string | undefined): Conversation => {
    const cookie = request.headers.get('cookie')
    const visitor = visitorOf(keys, site, cookie, request.url)
    return createConversation({
      base: { url: request.url, headers: headersOf(incoming), cookies: cookiesToKeep(cookie) },
      peer,
      read: (text) => {
        const ticket = readTicket({ keys, site }, text, clock())
        return visitor !== undefined && ticket?.visitor === visitor ? ticket : undefined
      },
      handle,
    })
  }

  return {
    upgrade: (incoming, connection, head) => {
      // Node listens no more once it has handed a connection over.
      connection.on('error', () => connection.destroy())
      try {
        begin(incoming, toRequest(incoming), connection, head)
      } catch {
        refuse(connection, 'request')
      }
    },
    close: async (grace) => {
      isStopping = true
      clearInterval(timer)
      const quiet = new Promise<boolean>((resolve) => {
        if (talks.size === 0) return resolve(true)
        onQuiet = () => resolve(true)
        setTimeout(() => resolve(false), grace).unref()
      })
      for (const talk of talks) talk.leave()
      const isQuiet = await quiet
      for (const talk of talks) talk.end()
      server.close()
      return isQuiet
    },
    state: () => ({ open: talks.size, most, messages, refused: { ...refused }, cut: { ...cut } }),
  }
}

function visitorOf(keys: SealKeys, site: string, cookie: string | null, url: string): string | undefined {
  const sealed = readCookies(cookie, new Set([VISITOR_COOKIE]), url.startsWith('https:')).get(VISITOR_COOKIE)
  return sealed === undefined ? undefined : decodeVisitor(keys, site, sealed)
}

// Twenty from one IPv4 address; of IPv6 a household has more addresses than can be counted.
function placeOf(address: string | undefined): string {
  if (address === undefined) return ''
  return address.includes(':') ? (blockOf(address) ?? address) : address
}

// Copied: what came with them is freed.
function headersOf({ headers }: IncomingMessage): SocketHeaders {
  const kept = Object.entries(headers).filter(([name]) => !NOT_KEPT.test(name))
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}
