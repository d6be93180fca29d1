import { liveSecrets, MIN_SECRET } from '@attune/core'
import type { ProfileReader } from '@attune/storage'
import { PLAIN, withPseudonyms } from '@attune/storage/pseudonyms'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/**
 * The store as ATTUNE_KEYS_AT_REST wants it: with visitors under pseudonyms, or as it is when that is not set.
 * @throws CannotRun when one of the secrets is too short.
 */
export function withKeysAtRest<Store extends ProfileReader>(store: Store, env: Io['env']): Store {
  const text = env.ATTUNE_KEYS_AT_REST
  if (text === undefined || text === '') return store
  const secrets = liveSecrets(text)
  const named = secrets.at(-1) === PLAIN ? secrets.slice(0, -1) : secrets
  if (named.length === 0 || named.some(({ length }) => length < MIN_SECRET)) {
    throw new CannotRun(
      `ATTUNE_KEYS_AT_REST needs secrets of at least ${MIN_SECRET} characters, the newest first; the last may be ${PLAIN}.`,
    )
  }
  return withPseudonyms(store, secrets)
}
