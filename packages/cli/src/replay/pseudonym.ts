import { createHmac } from 'node:crypto'

/** Names that say nothing of whom they stand for: the same for the same parts, 22 characters of base64url. */
export type Pseudonym = (...parts: readonly string[]) => string

const BYTES = 16
const MOST_REMEMBERED = 50_000

/**
 * Makes pseudonyms by HMAC-SHA256 under a key: without it nobody can try addresses until one fits.
 * `kind` keeps names of different kinds apart.
 */
export function createPseudonym(key: string, kind: 'visitor' | 'event'): Pseudonym {
  return (...parts) => {
    // Lengths stand before the parts, so that no two lists of parts read the same.
    const message = parts.map((part) => `${part.length}:${part}`).join('')
    return createHmac('sha256', key)
      .update(`${kind}\n${message}`)
      .digest()
      .subarray(0, BYTES)
      .toString('base64url')
  }
}

/** The same, remembering the latest names: a file tells of few visitors at a time. */
export function rememberPseudonym(pseudonym: Pseudonym): Pseudonym {
  let recent = new Map<string, string>()
  return (...parts) => {
    const key = parts.join('\n')
    const known = recent.get(key)
    if (known !== undefined) return known
    if (recent.size >= MOST_REMEMBERED) recent = new Map()
    const made = pseudonym(...parts)
    recent.set(key, made)
    return made
  }
}
