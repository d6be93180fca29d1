import { createSealKeys, seal, toPayload } from '@attune/core'

/**
 * What stands for a visitor in the log, one for each live secret, the newest first: 128 bits of an HMAC-SHA256, which lead back to
 * nobody without the secret. The first is written; rows are looked for under all.
 * @throws when a secret is missing or short.
 */
export function pseudonymsOf(
  secret: string | readonly string[],
  site: string,
  visitor: string,
): readonly [string, ...string[]] {
  const [first, ...rest] = createSealKeys(secret).map((key) =>
    seal([key], 'visitor', JSON.stringify([site, 'consent']), toPayload(visitor)).slice(-22),
  )
  return [first!, ...rest]
}
