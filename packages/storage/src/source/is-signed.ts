const HEADER = /^sha256=([\da-f]{64})$/
const HMAC = { name: 'HMAC', hash: 'SHA-256' }

type Bytes = ArrayBuffer | Uint8Array<ArrayBuffer>

/** Whether a body was signed with one of the secrets: `sha256=<hex>` of its HMAC-SHA256. */
export async function isSigned(
  body: Bytes,
  header: string | null,
  secrets: readonly string[],
): Promise<boolean> {
  const [, hex] = HEADER.exec(header ?? '') ?? []
  if (hex === undefined) return false
  const mac = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  const answers = await Promise.all(secrets.map((secret) => verify(secret, mac, body)))
  return answers.includes(true)
}

async function verify(secret: string, mac: Uint8Array<ArrayBuffer>, body: Bytes): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), HMAC, false, ['verify'])
  return crypto.subtle.verify('HMAC', key, mac, body)
}
