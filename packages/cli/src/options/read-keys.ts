import { type AccessKey, parseAccessKeys } from '@attune/collector/roles'
import type { Io } from '../io.ts'

/** Who may use routes that ask for a role, from ATTUNE_KEYS; nobody when it is not set. @throws Error with the cure when it cannot be read. */
export function readKeys(env: Io['env']): readonly AccessKey[] {
  return parseAccessKeys(env.ATTUNE_KEYS ?? '')
}
