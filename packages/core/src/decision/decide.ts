import { bucketOf, shareBuckets } from '../allocation/bucket.ts'
import { isGranted } from '../consent/consent.ts'
import type { CompiledExperience } from '../experience/compile-experience.ts'
import { createScope, NEVER, type Question, type Scope } from '../match/scope.ts'
import { own } from '../result/json.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
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
  placements: readonly string[] = Object.keys(compiled.ruleset.placements ?? {}),
): readonly Decision[] {
  const scope = createScope(question, compiled.plan, compiled.empty)
  const personal = isGranted(question.consent, 'preferences')
  if (personal && isHeldOut(compiled.ruleset, question.visitor)) {
    return placements.map((placement) => baseline(compiled.ruleset, placement, 'HOLDOUT', NEVER))
  }
  return placements.map((placement) =>
    decidePlacement(compiled, scope, placement, personal, question.visitor),
  )
}

/** The decision that shows a placement's baseline. */
export function baseline(
  ruleset: Ruleset,
  placement: string,
  reason: DecisionReason,
  until: number,
): Decision {
  const variant = own(ruleset.placements ?? {}, placement)?.baseline ?? ''
  return { placement, variant, reason, until: toMilliseconds(until) }
}

/** A horizon in seconds as milliseconds; `NEVER` as `null`. */
export function toMilliseconds(until: number): number | null {
  return until === NEVER ? null : until * 1000
}

function isHeldOut({ holdout }: Ruleset, visitor: string | undefined): boolean {
  if (holdout === undefined || visitor === undefined) return false
  return bucketOf(visitor, `holdout:${holdout.salt}`) < shareBuckets(holdout.share)
}

function decidePlacement(
  { ruleset, experiences }: CompiledRuleset,
  scope: Scope,
  placement: string,
  personal: boolean,
  visitor: string | undefined,
): Decision {
  let until = NEVER
  let capped = false
  for (const compiled of experiences.get(placement) ?? []) {
    if (!personal && !compiled.isFunctional) continue
    const standing = compiled.stand(scope, personal ? visitor : undefined)
    until = Math.min(until, standing.until)
    if (standing.variant !== undefined) return won(compiled, standing.variant, until)
    capped ||= standing.outcome === 'capped'
  }
  const reason = !personal ? 'CONSENT_DENIED' : capped ? 'CAPPED' : 'DEFAULT'
  return baseline(ruleset, placement, reason, until)
}

function won({ experience, isWhole }: CompiledExperience, variant: string, until: number): Decision {
  const reason = isWhole ? 'TARGETING_MATCH' : 'SPLIT'
  return {
    placement: experience.placement,
    variant,
    experience: experience.key,
    reason,
    until: toMilliseconds(until),
  }
}
