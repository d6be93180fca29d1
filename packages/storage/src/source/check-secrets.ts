import { liveSecrets, MIN_SECRET } from '@attune/core'

/**
 * The secrets of a factory's options: any of them may have signed.
 * @throws when there is none or one is short, with the cure.
 */
export function checkSecrets(
  factory: string,
  secret: string | readonly string[] | undefined,
): readonly string[] {
  const secrets = liveSecrets(secret ?? '')
  if (secrets.every(({ length }) => length >= MIN_SECRET)) return secrets
  throw new Error(
    `[storage] ${factory}: \`secret\` is missing or short. Set ATTUNE_SECRET to at least ${MIN_SECRET} characters.`,
  )
}
