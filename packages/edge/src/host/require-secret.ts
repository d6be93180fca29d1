import { createSealKeys } from '@attune/core'

/**
 * Says at once what is wrong with a secret: a source may have no ruleset for long.
 * @throws when it is missing or short, with the cure.
 */
export function requireSecret(secret: string | readonly string[] | undefined, who: string): void {
  if (!secret?.length) throw new Error(`[edge] ${who}: \`secret\` is missing. Set it to sign decision codes.`)
  createSealKeys(secret)
}
