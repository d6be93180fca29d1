import { liveSecrets, MIN_SECRET } from '@attune/core'
import type { ProfileReader, StandingKeys } from '@attune/storage'
import { createVisitorKeys, PLAIN, withPseudonyms } from '@attune/storage/pseudonyms'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/**
 * The secrets of ATTUNE_KEYS_AT_REST, the newest first; `undefined` when it is not set, or `plain` alone says that ids are kept as they are.
 * @throws CannotRun when one of them is too short.
 */
export function readKeysAtRest(env: Io['env']): readonly string[] | undefined {
  const text = env.ATTUNE_KEYS_AT_REST
  if (isUnset(text) || text === PLAIN) return undefined
  const secrets = liveSecrets(text)
  const named = secrets.at(-1) === PLAIN ? secrets.slice(0, -1) : secrets
  if (named.length > 0 && named.every(({ length }) => length >= MIN_SECRET)) return secrets
  throw new CannotRun(
    `ATTUNE_KEYS_AT_REST needs secrets of at least ${MIN_SECRET} characters, the newest first; the last may be ${PLAIN}, which may also stand alone.`,
  )
}

/** Under what visitors stand in a store, for people. @throws CannotRun when one of the secrets is too short. */
export function idsAtRest(env: Io['env']): 'pseudonyms' | 'as they are' {
  return readKeysAtRest(env) === undefined ? 'as they are' : 'pseudonyms'
}

/** What whoever starts a collector should know while ATTUNE_KEYS_AT_REST is not set, and what to set it to; `undefined` when it is. */
export function adviseKeysAtRest(env: Io['env']): string | undefined {
  if (!isUnset(env.ATTUNE_KEYS_AT_REST)) return undefined
  return `ATTUNE_KEYS_AT_REST is not set: visitors are kept under the ids of their cookies, so a copy of the store tells whose each profile is. Set it to the output of \`openssl rand -base64 33\`, the same wherever these profiles are read, with ,${PLAIN} behind it where there are profiles already; ${PLAIN} alone leaves it so.`
}

function isUnset(text: string | undefined): text is undefined | '' {
  return text === undefined || text === ''
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
export function checkKeysAtRest(standing: StandingKeys, env: Io['env'], where: string): void {
  const why = whyNotFound(standing, env, where)
  if (why !== undefined) throw new CannotRun(why)
}

/** Says what ATTUNE_KEYS_AT_REST lacks to find everybody who stands in a store, and the cure; `undefined` when it finds them. */
export function whyNotFound(
  { names, hasPlain }: StandingKeys,
  env: Io['env'],
  where: string,
): string | undefined {
  const secrets = readKeysAtRest(env)
  const keys = secrets === undefined ? undefined : createVisitorKeys(secrets)
  const missing = names.filter((name) => keys?.names.includes(name) !== true)
  if (missing.length > 0) {
    const has =
      keys === undefined
        ? `is ${env.ATTUNE_KEYS_AT_REST || 'not set'}`
        : `has the secrets named ${keys.names.join(', ')}`
    return `Visitors in ${where} stand under keys at rest of a secret named ${missing.join(', ')}, and ATTUNE_KEYS_AT_REST ${has}. Set it as the site had it: nobody would be found.`
  }
  if (hasPlain && keys?.hasPlain === false)
    return `Visitors in ${where} stand under their ids as they are. End ATTUNE_KEYS_AT_REST with ,${PLAIN}, or move them with \`attune rekey\`.`
  return undefined
}
