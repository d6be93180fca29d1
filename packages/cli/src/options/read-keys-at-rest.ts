import { liveSecrets, MIN_SECRET } from '@attune/core'
import type { ProfileReader, StandingKeys } from '@attune/storage'
import { createVisitorKeys, PLAIN, withPseudonyms } from '@attune/storage/pseudonyms'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/**
 * The secrets of ATTUNE_KEYS_AT_REST, the newest first; `undefined` when it is not set.
 * @throws CannotRun when one of them is too short.
 */
export function readKeysAtRest(env: Io['env']): readonly string[] | undefined {
  const text = env.ATTUNE_KEYS_AT_REST
  if (text === undefined || text === '') return undefined
  const secrets = liveSecrets(text)
  const named = secrets.at(-1) === PLAIN ? secrets.slice(0, -1) : secrets
  if (named.length > 0 && named.every(({ length }) => length >= MIN_SECRET)) return secrets
  throw new CannotRun(
    `ATTUNE_KEYS_AT_REST needs secrets of at least ${MIN_SECRET} characters, the newest first; the last may be ${PLAIN}.`,
  )
}

/**
 * The store as ATTUNE_KEYS_AT_REST wants it: with visitors under pseudonyms, or as it is when that is not set.
 * @throws CannotRun when one of the secrets is too short.
 */
export function withKeysAtRest<Store extends ProfileReader>(store: Store, env: Io['env']): Store {
  const secrets = readKeysAtRest(env)
  return secrets === undefined ? store : withPseudonyms(store, secrets)
}

/**
 * Looks whether ATTUNE_KEYS_AT_REST finds everybody who stands in a store: with the wrong secrets they would all be nobody, and come to be
 * there twice.
 * @throws CannotRun when it does not, saying what is missing.
 */
export function checkKeysAtRest({ names, hasPlain }: StandingKeys, env: Io['env'], where: string): void {
  const secrets = readKeysAtRest(env)
  const keys = secrets === undefined ? undefined : createVisitorKeys(secrets)
  const missing = names.filter((name) => keys?.names.includes(name) !== true)
  if (missing.length > 0) {
    const has = keys === undefined ? 'is not set' : `has the secrets named ${keys.names.join(', ')}`
    throw new CannotRun(
      `Visitors in ${where} stand under keys at rest of a secret named ${missing.join(', ')}, and ATTUNE_KEYS_AT_REST ${has}. Set it as the site had it: nobody would be found.`,
    )
  }
  if (hasPlain && keys?.hasPlain === false) {
    throw new CannotRun(
      `Visitors in ${where} stand under their ids as they are. End ATTUNE_KEYS_AT_REST with ,${PLAIN}, or move them with \`attune rekey\`.`,
    )
  }
}
