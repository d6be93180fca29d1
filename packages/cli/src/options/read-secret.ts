import { liveSecrets, MIN_SECRET } from '@attune/core'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/** The secret from ATTUNE_SECRET, or several with commas between; `undefined` when it is not set. @throws CannotRun when one is too short. */
export function readSecret(env: Io['env']): string | undefined {
  const secret = env.ATTUNE_SECRET
  if (secret === undefined || secret === '') return undefined
  const short = liveSecrets(secret).find(({ length }) => length < MIN_SECRET)
  if (short === undefined) return secret
  throw new CannotRun(
    `ATTUNE_SECRET has ${short.length} characters. Use at least ${MIN_SECRET}, for example from \`openssl rand -base64 33\`.`,
  )
}

/** The secret from ATTUNE_SECRET. @throws CannotRun, saying what it is needed for, when there is none. */
export function requireSecret(env: Io['env'], purpose: string): string {
  const secret = readSecret(env)
  if (secret !== undefined) return secret
  throw new CannotRun(
    `ATTUNE_SECRET is not set. Set it to ${purpose}: the same text of at least ${MIN_SECRET} characters that the site runs with.`,
  )
}
