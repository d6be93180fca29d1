import type { StandingKeys } from '@attune/storage'
import type { Io } from '../io.ts'
import { whyNotFound } from '../options/read-keys-at-rest.ts'
import type { LookAtPart, PartHealth } from '../telemetry/health.ts'

/** The store whose visitors are looked for. */
export interface KeyedPlace {
  readonly standingKeys: () => Promise<StandingKeys>
  /** Names it for people. */
  readonly where: string
}

// Cheap, and not for nothing: a few looks into an index, of a Redis a walk over some of its keys.
const EVERY = 60_000

/**
 * Looks once a minute whether those who stand in a store are still found by this process's ATTUNE_KEYS_AT_REST: `attune rekey`, or another host of the site, may
 * have moved them to a secret that it does not have. A store that does not answer is told of elsewhere.
 */
export function lookAtKeys(
  { standingKeys, where }: KeyedPlace,
  { env, now }: Pick<Io, 'env' | 'now'>,
): LookAtPart {
  let known: PartHealth = {}
  let due = Number.NEGATIVE_INFINITY
  return async () => {
    if (now() < due) return known
    due = now() + EVERY
    const standing = await standingKeys().catch(() => undefined)
    if (standing === undefined) return known
    const why = whyNotFound(standing, env, where)
    known = why === undefined ? {} : { why: `${why} ${CURE}` }
    return known
  }
}

const CURE =
  'Then restart this process; what it keeps meanwhile begins visitors anew, until they are moved as well.'
