import type { ServerBatch } from './parse-server-batch.ts'
import { SIGNATURE_HEADER, signEvents } from './signature.ts'

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

// 24 characters: 144 bits.
const NONCE_BYTES = 18

/**
 * Creates a sender.
 * @throws when the endpoint is missing or the secret is short.
 */
export function createServerSender(options: ServerSenderOptions): ServerSender {
  const { endpoint, secret, site = 'site', clock = Date.now } = options
  if (!endpoint)
    throw new Error('[collector] createServerSender: `endpoint` is missing. Give the collector’s address.')
  if (!secret || secret.length < 32)
    throw new Error(
      '[collector] createServerSender: `secret` has fewer than 32 characters. Make a longer one.',
    )
  return {
    send: async (batch) => {
      const now = clock()
      const body = JSON.stringify({ ...batch, sent: now })
      const claim = { unix: Math.floor(now / 1000), nonce: createNonce() }
      const signature = await signEvents(body, claim, { secret, site })
      const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature }
      return (options.fetch ?? fetch)(endpoint, { method: 'POST', headers, body })
    },
  }
}

function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
