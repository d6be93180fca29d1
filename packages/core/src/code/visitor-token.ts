import { packProfile, unpackProfile } from '../profile/pack-profile.ts'
import type { Profile } from '../profile/profile.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { murmur3 } from '../visitor/murmur3.ts'
import { fromPayload, toPayload } from './payload.ts'
import { type SealKeys, seal, unseal } from './seal.ts'

/** A token is trusted for this many seconds after it was issued: 24 hours. */
export const TOKEN_SECONDS = 86_400
/** The longest token that is read or issued, in characters: browsers keep cookies of 4 KB. */
export const MAX_TOKEN = 3_800

/** What a visitor token carries. */
export interface VisitorToken {
  readonly profile: Profile
  /** Whole seconds. */
  readonly issuedAt: number
  /** Minutes east of UTC where the visitor's browser is, when it said so. */
  readonly utcOffset: number | null
}

/** To whom a token belongs. */
export interface TokenOwner {
  readonly site: string
  readonly visitor: string
}

/**
 * Writes a token bound to site and visitor; `undefined` when the profile is too large for a cookie, or was folded for another
 * plan: what it did not watch would read as what never happened.
 */
export function encodeToken(
  keys: SealKeys,
  { site, visitor }: TokenOwner,
  { ruleset, plan }: CompiledRuleset,
  { profile, issuedAt, utcOffset }: VisitorToken,
): string | undefined {
  if (profile.plan !== plan.id) return undefined
  const packed = [tagOf(ruleset.revision, plan.id), issuedAt, utcOffset, packProfile(profile, plan, issuedAt)]
  const token = seal(keys, 'token', JSON.stringify([site, visitor]), toPayload(packed))
  return token.length <= MAX_TOKEN ? token : undefined
}

/**
 * Reads a token; `undefined` when it is not ours, somebody else's, of another revision, expired, or issued after `now`
 * by more than a minute.
 * @param now whole seconds
 */
export function decodeToken(
  keys: SealKeys,
  { site, visitor }: TokenOwner,
  { ruleset, plan }: CompiledRuleset,
  token: string,
  now: number,
): VisitorToken | undefined {
  if (token.length > MAX_TOKEN) return undefined
  const payload = unseal(keys, 'token', JSON.stringify([site, visitor]), token)
  const packed = payload === undefined ? undefined : fromPayload(payload)
  if (!Array.isArray(packed)) return undefined
  const [tag, issuedAt, utcOffset, packedProfile] = packed as unknown[]
  if (tag !== tagOf(ruleset.revision, plan.id) || typeof issuedAt !== 'number') return undefined
  if (issuedAt > now + 60 || issuedAt <= now - TOKEN_SECONDS) return undefined
  const profile = unpackProfile(packedProfile, plan, issuedAt)
  if (profile === undefined) return undefined
  return { profile, issuedAt, utcOffset: typeof utcOffset === 'number' ? utcOffset : null }
}

function tagOf(revision: string, plan: string): string {
  return murmur3(`${revision}\n${plan}`).toString(36)
}
