import { createSealKeys, liveSecrets, seal, toPayload } from '@attune/core'

/** In the place of the oldest secret: ids that were kept as they are, from before there was a secret. */
export const PLAIN = 'plain'

/** Under what a visitor stands in a store. */
export interface VisitorKeys {
  /** All of them, the newest first; the first is what is written. */
  of(visitor: string): readonly [string, ...string[]]
}

// Nothing that a visitor's cookie can hold begins so: an id of ours has no dot.
const START = 'h1.'

/**
 * Makes the keys of visitors: HMAC-SHA256 by each secret, cut to 128 bits, after the name of the secret. `secrets`: at least 32 characters
 * each, the newest first; the last may be `PLAIN`.
 * @throws when there is none, or one is short.
 */
export function createVisitorKeys(secrets: string | readonly string[]): VisitorKeys {
  const all = liveSecrets(secrets)
  const isPlain = all.at(-1) === PLAIN
  const named = isPlain ? all.slice(0, -1) : all
  if (named.length === 0) {
    throw new Error('[storage] withPseudonyms: no secret is given. Set one of at least 32 characters.')
  }
  const keys = createSealKeys(named)
  return {
    of: (visitor) => {
      // A store that gives refused events back names them by their key.
      if (keys.some(({ id }) => visitor.startsWith(`${START}${id}.`))) return [visitor]
      const payload = toPayload(visitor)
      const [first, ...rest] = keys.map(
        (key) => `${START}${key.id}.${seal([key], 'visitor', 'at rest', payload).slice(-22)}`,
      )
      return [first!, ...rest, ...(isPlain ? [visitor] : [])]
    },
  }
}
