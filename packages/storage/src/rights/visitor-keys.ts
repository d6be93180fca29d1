import { createSealKeys, liveSecrets, seal, toPayload } from '@attune/core'
import { KEY_START } from './key-name.ts'

/** In the place of the oldest secret: ids that were kept as they are, from before there was a secret. */
export const PLAIN = 'plain'

/** The secrets of keys at rest, the newest first: a list, or a text with commas between; `undefined` when the environment variable is not set. */
export type KeysAtRest = string | readonly string[] | undefined

/** Under what a visitor stands in a store. */
export interface VisitorKeys {
  /** All of them, the newest first; the first is what is written. */
  of(visitor: string): readonly [string, ...string[]]
  /** The names of the secrets, the newest first: they say nothing about them. */
  readonly names: readonly string[]
  /** Whether ids are looked for that were kept as they are. */
  readonly hasPlain: boolean
}

/**
 * Makes the keys of visitors: HMAC-SHA256 by each secret, cut to 128 bits, after the name of the secret. `secrets`: at least 32 characters
 * each, the newest first; the last may be `PLAIN`.
 * @throws when there is none, or one is short.
 */
export function createVisitorKeys(secrets: KeysAtRest): VisitorKeys {
  const all = liveSecrets(secrets || [])
  const isPlain = all.at(-1) === PLAIN
  const named = isPlain ? all.slice(0, -1) : all
  if (named.length === 0) {
    throw new Error(
      `[storage] withPseudonyms: no secret is given. Set ATTUNE_KEYS_AT_REST to one of at least 32 characters, the same wherever these profiles are read, or to ${PLAIN} to keep ids as they are.`,
    )
  }
  const keys = createSealKeys(named)
  return {
    names: keys.map(({ id }) => id),
    hasPlain: isPlain,
    of: (visitor) => {
      // A store that gives refused events back names them by their key.
      if (keys.some(({ id }) => visitor.startsWith(`${KEY_START}${id}.`))) return [visitor]
      const payload = toPayload(visitor)
      const [first, ...rest] = keys.map(
        (key) => `${KEY_START}${key.id}.${seal([key], 'visitor', 'at rest', payload).slice(-22)}`,
      )
      return [first!, ...rest, ...(isPlain ? [visitor] : [])]
    },
  }
}
