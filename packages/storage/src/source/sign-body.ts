/** The value of the header `Attune-Signature` for a body: `sha256=` and its HMAC-SHA256 in hex. */
export async function signBody(body: Uint8Array<ArrayBuffer>, secret: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, [
    'sign',
  ])
  return `sha256=${toHex(await crypto.subtle.sign('HMAC', key, body))}`
}

function toHex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
