import type { ServerResponse } from 'node:http'

// Everybody at once would be too many again.
const SPREAD_SECONDS = 10

const TEXT = JSON.stringify({
  accepted: 0,
  duplicates: 0,
  rejected: [],
  error: 'shed',
  message: 'More events come than can be kept in time. Send them again later.',
})
const HEADERS = [
  'content-type',
  'application/json',
  'cache-control',
  'no-store',
  'content-length',
  String(TEXT.length),
  'retry-after',
] as const

/** Tells the sender of a request to come again, without reading more of it. */
export function refuseEarly(outgoing: ServerResponse): void {
  outgoing.writeHead(503, [...HEADERS, String(1 + Math.floor(Math.random() * SPREAD_SECONDS))])
  outgoing.end(TEXT)
}
