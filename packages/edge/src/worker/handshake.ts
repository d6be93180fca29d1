// A WordPress takes one for 300 seconds; clocks of two machines may differ.
const MAX_AGE = 120

/** Signs the header by which a WordPress knows an edge that shares its secret. */
export type Handshake = (host: string) => Promise<string>

/**
 * Creates what writes `X-Attune-Edge`: `v1.<unix>.<HMAC-SHA256 of "edge\n<unix>\n<host>" in hex>`.
 * @param clock milliseconds
 */
export function createHandshake(secret: string, clock: () => number): Handshake {
  const signed = new Map<string, { readonly text: string; readonly until: number }>()
  return async (host) => {
    const now = Math.floor(clock() / 1000)
    const known = signed.get(host)
    if (known !== undefined && known.until > now) return known.text
    const text = `v1.${now}.${await hmac(secret, `edge\n${now}\n${host}`)}`
    // An origin has one host; who asks for others by the hundred is told each anew.
    if (signed.size >= 100) signed.clear()
    signed.set(host, { text, until: now + MAX_AGE })
    return text
  }
}

async function hmac(secret: string, text: string): Promise<string> {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, bytes.encode(text))
  return [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
