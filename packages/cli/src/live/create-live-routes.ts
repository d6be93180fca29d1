import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Onlookers } from '@attune/collector/watching'
import type { NodeHandler } from '../serve/open-server.ts'
import { livePage } from './live-page.ts'
import type { EventStream } from './open-event-stream.ts'
import { readFilter, streamEvents } from './stream-events.ts'
import { type NumbersSource, streamNumbers } from './stream-numbers.ts'

/** What shows collection live; who may ask is looked at before. */
export interface LiveRoutes {
  /** Answers with the page, which holds no number. */
  readonly page: NodeHandler
  /** Goes on answering with numbers, once a second. */
  readonly numbers: NodeHandler
  /** Goes on answering with events as they arrive. */
  readonly events: NodeHandler
  /** Ends what goes on; nothing begins after it. */
  close(): void
}

// Each is a connection, and events are written once for each of those who follow them.
const MOST_STREAMS = 32

/** Creates what answers. */
export function createLiveRoutes({
  onlookers,
  ...source
}: Omit<NumbersSource, 'onlookers'> & { readonly onlookers: Onlookers }): LiveRoutes {
  const streams = new Set<EventStream>()
  const numbers = streamNumbers({ onlookers, ...source })
  let isClosed = false

  const begin = (
    open: (incoming: IncomingMessage, outgoing: ServerResponse, onClose: () => void) => EventStream,
  ) =>
    readOnly(async (incoming, outgoing) => {
      if (isClosed || streams.size >= MOST_STREAMS) return refuse(outgoing)
      const stream = open(incoming, outgoing, () => streams.delete(stream))
      streams.add(stream)
    })

  return {
    page: readOnly(async (_, outgoing) => sendPage(outgoing)),
    numbers: begin((_, outgoing, onClose) => numbers.open(outgoing, onClose)),
    events: begin((incoming, outgoing, onClose) => {
      const filter = readFilter(incoming.url ?? '/')
      return streamEvents(outgoing, { onlookers, filter, onClose })
    }),
    close: () => {
      isClosed = true
      for (const stream of streams) stream.end()
    },
  }
}

function readOnly(answer: NodeHandler): NodeHandler {
  return async (incoming, outgoing) => {
    if (incoming.method === 'GET') return answer(incoming, outgoing)
    say(outgoing, 405, { error: 'method', message: 'Ask with GET.' }, { allow: 'GET' })
  }
}

function sendPage(outgoing: ServerResponse): void {
  const { html, policy } = livePage()
  outgoing
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .end(html)
}

function refuse(outgoing: ServerResponse): void {
  const message = `${MOST_STREAMS} streams are open, or it is being stopped. Close one, or ask again later.`
  say(outgoing, 503, { error: 'busy', message }, { 'retry-after': '5' })
}

function say(
  outgoing: ServerResponse,
  status: number,
  body: object,
  headers: { readonly [name: string]: string },
): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
  outgoing.end(`${JSON.stringify(body)}\n`)
}
