/** One secret, or several with the newest first; `undefined` when the environment variable is not set. */
export type SecretInput = string | readonly string[] | undefined

/**
 * The secret of a factory's options.
 * @throws when there is none, with the cure.
 */
export function toSecret(secret: SecretInput, factory: string): string | readonly string[] {
  if (secret !== undefined && secret.length > 0) return secret
  throw new Error(
    `[next] ${factory}: \`secret\` is missing. Set ATTUNE_SECRET to at least 32 characters, at build and run time.`,
  )
}
