import { SIGNATURE_HEADER, type SignedKind, signEvents } from './signature.ts'

/** Where something is sent, and what signs it. */
export interface SignedPosting {
  readonly endpoint: string
  readonly secret: string
  readonly site: string
  readonly clock: () => number
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

// 24 characters: 144 bits.
const NONCE_BYTES = 18

/** Posts a body, signed anew each time. Rejects when the network does. */
export async function postSigned(
  { endpoint, secret, site, clock, fetch = globalThis.fetch }: SignedPosting,
  kind: SignedKind,
  body: object,
): Promise<Response> {
  const text = JSON.stringify(body)
  const claim = { unix: Math.floor(clock() / 1000), nonce: createNonce() }
  const signature = await signEvents(text, claim, { secret, site, kind })
  const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature }
  return fetch(endpoint, { method: 'POST', headers, body: text })
}

/** Makes a posting of what a sender is given. @throws when the endpoint is missing or the secret is short. */
export function createPosting(who: string, given: Partial<SignedPosting>): SignedPosting {
  const { endpoint, secret, site = 'site', clock = Date.now, fetch } = given
  if (!endpoint) throw new Error(`[collector] ${who}: \`endpoint\` is missing. Give the collector’s address.`)
  if (!secret || secret.length < 32)
    throw new Error(`[collector] ${who}: \`secret\` has fewer than 32 characters. Make a longer one.`)
  return { endpoint, secret, site, clock, fetch }
}

function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}
