import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs records and names visitors; nothing of it tells the secret. */
export interface AuditKeys {
  /** Names the newest key. */
  readonly id: string
  /** HMAC-SHA256 by the newest key, hexadecimal. */
  sign(text: string): string
  /** Whether `mac` is that of `text` by the key of this name; `undefined` when there is no such key. */
  verify(text: string, mac: string, id: string): boolean | undefined
  /** What a visitor is called in the log: the same for the same id and key, and not to be traced back without the key. */
  pseudonym(visitor: string): string
}

const LEAST = 32

/**
 * Makes the keys of an audit log. `secrets`: at least 32 characters each, the newest first; those after it still verify. They are for the
 * log alone: who administrates the site must not have them.
 * @throws when one is too short.
 */
export function createAuditKeys(secrets: string | readonly string[]): AuditKeys {
  const all = (typeof secrets === 'string' ? [secrets] : secrets).map(deriveKeys)
  const [newest] = all
  if (newest === undefined) throw new Error('[storage] audit: `key` is missing. Set it to sign the log.')
  return {
    id: newest.id,
    sign: (text) => hmac(newest.signing, text).toString('hex'),
    verify: (text, mac, id) => {
      const keys = all.find((candidate) => candidate.id === id)
      if (keys === undefined) return undefined
      const given = Buffer.from(mac, 'hex')
      const right = hmac(keys.signing, text)
      return given.length === right.length && timingSafeEqual(given, right)
    },
    pseudonym: (visitor) => hmac(newest.naming, visitor).toString('base64url').slice(0, 22),
  }
}

interface Keys {
  readonly id: string
  readonly signing: Buffer
  readonly naming: Buffer
}

function deriveKeys(secret: string): Keys {
  if (secret.length < LEAST) {
    throw new Error(
      `[storage] audit: \`key\` has ${secret.length} characters. Use at least ${LEAST}, for example from \`openssl rand -base64 33\`.`,
    )
  }
  return {
    id: hmac(secret, 'attune audit key id').toString('hex').slice(0, 8),
    signing: hmac(secret, 'attune audit record'),
    naming: hmac(secret, 'attune audit subject'),
  }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
