import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Collector, CollectorOptions } from '@attune/collector'
import type { Shedder } from '@attune/collector/node'
import type { SocketState } from '@attune/collector/socket'
import { observeShed, observeSockets } from '@attune/collector/telemetry'
import { type Call, CannotRun, type Command, isSet, textOptions } from '../command.ts'
import type { LookAtPart } from '../telemetry/health.ts'
import type { PrometheusMeter } from '../telemetry/prometheus-meter.ts'
import { SOCKET_PATH } from './route-request.ts'

/** The option by which sockets are answered. */
export const SOCKET_OPTIONS: Command['options'] = {
  sockets: {
    type: 'boolean',
    help: 'Answers WebSockets at /attune/socket, for pages with live placements.',
  },
}

/** What sockets are answered by. */
export interface SocketParts {
  readonly collector: Pick<CollectorOptions, 'secret' | 'site' | 'allowedOrigins'>
  readonly shedder: Shedder
  readonly meter: PrometheusMeter | undefined
}

/** Sockets of a server. */
export interface OpenedSockets {
  /** Says who answers batches; to be told before the server listens. */
  readonly answerBy: (handle: Collector['handle']) => void
  readonly isAsked: (incoming: Pick<IncomingMessage, 'url'>) => boolean
  readonly upgrade: (incoming: IncomingMessage, connection: Duplex, head: Buffer) => void
  readonly parts: { readonly sockets: LookAtPart }
  /** Answers what was read, closes, and tells whether all of it was done within `grace` milliseconds. */
  readonly close: (grace: number) => Promise<boolean>
}

/**
 * Opens what answers sockets; `undefined` when nobody asked for it.
 * @throws CannotRun when a proxy is no address.
 */
export async function openSockets(call: Call, parts: SocketParts): Promise<OpenedSockets | undefined> {
  if (!isSet(call, 'sockets')) return undefined
  const { collector, shedder, meter } = parts
  // Who has no sockets does not load what answers them.
  const { createSockets } = await import('@attune/collector/socket')
  const shed = meter && observeShed({ meter })
  let answer: Collector['handle'] = () => Promise.reject(new Error('Nobody answers yet.'))
  const sockets = orCannotRun(() =>
    createSockets({
      ...collector,
      handle: (request) => answer(request),
      trustedProxies: textOptions(call, 'trusted-proxy'),
      shedder,
      onShed: () => shed?.(true),
    }),
  )
  if (meter !== undefined) observeSockets(sockets, { meter })
  return {
    answerBy: (handle) => {
      answer = handle
    },
    isAsked: ({ url }) => url?.split('?')[0] === SOCKET_PATH,
    upgrade: sockets.upgrade,
    parts: { sockets: async () => lookAt(sockets.state()) },
    close: sockets.close,
  }
}

function lookAt({ open, most, messages }: SocketState): Awaited<ReturnType<LookAtPart>> {
  const facts = { open, most, messages }
  if (open < most) return { facts }
  return {
    facts,
    why: 'No more sockets begin: pages with live placements go on by HTTP. Start more servers.',
  }
}

function orCannotRun<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw new CannotRun(error instanceof Error ? error.message : String(error))
  }
}
