import type { ServerBatch } from './parse-server-batch.ts'
import { createPosting, postSigned } from './post-signed.ts'

/** How a server sends events. */
export interface ServerSenderOptions {
  /** Where the collector hears servers, such as `https://shop.example/attune/server-events`. */
  readonly endpoint: string
  /** The secret that the collector knows as well, for nothing but this: at least 32 characters. */
  readonly secret: string
  /** The collector's `site`. Default `site`. */
  readonly site?: string
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
  /** Default `globalThis.fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/** Sends events of a server, signed. */
export interface ServerSender {
  /**
   * Sends a batch of one visitor. Each call is signed anew, so a failed one may be sent again: events with the same id count once. Rejects
   * when the network does; whatever the collector answers is the caller's to read.
   */
  send(batch: Omit<ServerBatch, 'sent'>): Promise<Response>
}

/**
 * Creates a sender.
 * @throws when the endpoint is missing or the secret is short.
 */
export function createServerSender(options: ServerSenderOptions): ServerSender {
  const posting = createPosting('createServerSender', options)
  return { send: (batch) => postSigned(posting, 'events', { ...batch, sent: posting.clock() }) }
}
