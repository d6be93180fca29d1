import { createSealKeys, type SealKeys } from '@attune/core'

/**
 * The keys of a secret. A host reads it before its ruleset, so that what is wrong with it is said at once: a source may have none for long.
 * @throws when it is missing or short, with the cure.
 */
export function readSecret(secret: string | readonly string[] | undefined, who: string): SealKeys {
  if (!secret?.length) throw new Error(`[edge] ${who}: \`secret\` is missing. Set one of 32 characters.`)
  return createSealKeys(secret)
}
