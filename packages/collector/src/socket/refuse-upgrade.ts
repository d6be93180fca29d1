import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Why no socket began. */
export type RefuseReason = 'origin' | 'request' | 'address' | 'full' | 'stopping'

const ANSWERS: { readonly [reason in RefuseReason]: readonly [status: number, message: string] } = {
  origin: [
    403,
    'Sockets are for pages of this origin, and of those named in `allowedOrigins` (of `attune serve` with --origin). Open it from one of them.',
  ],
  request: [400, 'This is not how a WebSocket begins. Send events with POST instead.'],
  address: [429, 'Too many sockets come from there. Send events with POST instead.'],
  full: [503, 'There are as many sockets as there may be. Send events with POST instead.'],
  stopping: [503, 'This server is about to stop. Send events with POST instead.'],
}

/** Answers what would have begun a socket, and ends the connection. */
export function refuseUpgrade(connection: Duplex, reason: RefuseReason): void {
  const [status, message] = ANSWERS[reason]
  const body = JSON.stringify({ error: reason, message })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'cache-control: no-store',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  connection.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
