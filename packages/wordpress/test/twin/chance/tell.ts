import {
  type CompiledRuleset,
  compareText,
  createSealKeys,
  decide,
  decodeToken,
  encodeToken,
  evaluateSegments,
  type Profile,
} from '@attune/core'
import { foldGuest, type Rulesets } from './fold-guest.ts'
import type { Asking, Guest, Line, ToldGuest } from './scene.ts'

const SECRETS = ['a secret of at least thirty-two characters']
const KEYS = createSealKeys(SECRETS)
const OWNER = { site: 'site', visitor: 'AAAAAAAAAAAAAAAAAAAAAA' }

/** Tells of the rulesets. */
export function tellRulesets({ compiled, older }: Rulesets): Line {
  const text = JSON.stringify({ ask: 'rulesets', text: textOf(compiled), older: textOf(older) })
  return { text, wanted: JSON.stringify({ revision: compiled.ruleset.revision }) }
}

function textOf({ ruleset: { document: _, ...ruleset } }: CompiledRuleset): string {
  return JSON.stringify(ruleset)
}

/** Tells of a guest; a token that would be too long for a cookie, or of an older plan, is told as a profile. */
export function tellGuest(guest: Guest, rulesets: Rulesets): ToldGuest {
  const profile = foldGuest(guest, rulesets)
  const token = guest.by === 'token' ? tellToken(profile, guest.issuedAt, rulesets.compiled) : undefined
  if (token !== undefined) return token
  const { by, batches, heardBefore, firstSeen, traits } = guest
  const told =
    by === 'events' || by === 'merged'
      ? { by, batches, heardBefore, firstSeen, traits }
      : { by: 'profile', profile }
  return { text: JSON.stringify({ ask: 'visitor', ...told }), wanted: JSON.stringify(profile), profile }
}

/** Asks every segment and every placement. */
export function tellAsking(asking: Asking, compiled: CompiledRuleset, profile: Profile): Line {
  const { context, ...rest } = asking
  const text = JSON.stringify({ ask: 'question', ...rest, context: JSON.stringify(context) })
  const { segments, decisions } = answersOf(asking, compiled, profile)
  const ofSegments = Object.entries(segments).map(([key, { match, until }]) => [key, match, until] as const)
  const ofPlacements = decisions.map(({ placement, variant, experience = null, reason, until }) => {
    return [placement, variant, experience, reason, until] as const
  })
  const inOrder = (a: readonly [string, ...unknown[]], b: readonly [string, ...unknown[]]) =>
    compareText(a[0], b[0])
  return { text, wanted: JSON.stringify([ofSegments.sort(inOrder), ofPlacements.sort(inOrder)]) }
}

/** What TypeScript says. */
export function answersOf(
  { context, consent, visitor, now, assume }: Asking,
  compiled: CompiledRuleset,
  profile: Profile,
): { readonly segments: ReturnType<typeof evaluateSegments>; readonly decisions: ReturnType<typeof decide> } {
  const question = { profile, context, consent, now, assume, visitor: visitor ?? undefined }
  return { segments: evaluateSegments(compiled, question), decisions: decide(compiled, question) }
}

function tellToken(profile: Profile, issuedAt: number, compiled: CompiledRuleset): ToldGuest | undefined {
  const text = encodeToken(KEYS, OWNER, compiled, { profile, issuedAt, utcOffset: 60 })
  const read = text === undefined ? undefined : decodeToken(KEYS, OWNER, compiled, text, issuedAt)
  if (read === undefined) return undefined
  const line = { ask: 'visitor', by: 'token', secrets: SECRETS, ...OWNER, text, now: issuedAt }
  return { text: JSON.stringify(line), wanted: JSON.stringify(read.profile), profile: read.profile }
}
