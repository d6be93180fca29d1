import { bucketOf } from '../allocation/bucket.ts'
import { isGranted } from '../consent/consent.ts'
import { CAPPED } from '../experience/compile-experience.ts'
import { NEVER, type Question, type Scope } from '../match/scope.ts'
import { own } from '../result/json.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import type { PublishedRuleset } from '../ruleset/published-ruleset.ts'
import type { Decision, DecisionReason } from './decision.ts'

/** A question about what to show. */
export interface DecisionQuestion extends Question {
  /** Without an id there are no buckets: only allocations that include everybody decide. */
  readonly visitor?: string | undefined
}

/** Decides placements, by default every placement of the ruleset, in the order given. Never throws for a checked ruleset. */
export function decide(
  compiled: CompiledRuleset,
  question: DecisionQuestion,
  placements: readonly string[] = Object.keys(compiled.ruleset.placements),
): readonly Decision[] {
  const personal = isGranted(question.consent, 'preferences')
  const visitor = personal ? question.visitor : undefined
  if (isHeldOut(compiled.ruleset, visitor))
    return placements.map((placement) => baseline(compiled.ruleset, placement, 'HOLDOUT', NEVER))
  const scope = compiled.open(question)
  return placements.map((placement) => decidePlacement(compiled, scope, placement, personal, visitor))
}

/** The decision that shows a placement's baseline. */
export function baseline(
  ruleset: Pick<PublishedRuleset, 'placements'>,
  placement: string,
  reason: DecisionReason,
  until: number,
): Decision {
  const variant = own(ruleset.placements, placement)?.baseline ?? ''
  return { placement, variant, reason, until: toMilliseconds(until) }
}

/** A horizon in seconds as milliseconds; `NEVER` as `null`. */
export function toMilliseconds(until: number): number | null {
  return until === NEVER ? null : until * 1000
}

function isHeldOut({ holdout }: PublishedRuleset, visitor: string | undefined): boolean {
  return holdout !== undefined && visitor !== undefined && bucketOf(visitor, holdout.axis) < holdout.buckets
}

function decidePlacement(
  { ruleset, experiences }: CompiledRuleset,
  scope: Scope,
  placement: string,
  personal: boolean,
  visitor: string | undefined,
): Decision {
  let until = NEVER
  let reason: DecisionReason = personal ? 'DEFAULT' : 'CONSENT_DENIED'
  for (const experience of experiences.get(placement) ?? []) {
    if (!personal && !experience.functional) continue
    const standing = experience.stand(scope, visitor)
    if (scope.until < until) until = scope.until
    if (standing >= 0) {
      return {
        placement,
        variant: experience.cuts[standing]![0],
        experience: experience.key,
        reason: experience.isWhole ? 'TARGETING_MATCH' : 'SPLIT',
        until: toMilliseconds(until),
      }
    }
    if (standing === CAPPED) reason = 'CAPPED'
  }
  return baseline(ruleset, placement, reason, until)
}
