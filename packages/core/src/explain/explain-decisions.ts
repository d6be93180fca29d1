import { isGranted } from '../consent/consent.ts'
import { type DecisionQuestion, decide, toMilliseconds } from '../decision/decide.ts'
import type { Decision } from '../decision/decision.ts'
import { CAPPED, type CompiledExperience } from '../experience/compile-experience.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { type Counterfactuals, findCounterfactuals } from './counterfactual.ts'
import { type Explainable, explainable } from './explainable.ts'
import { createPlanFinder, type PlanFinder } from './find-changes.ts'
import { type Trace, traceCondition } from './trace-condition.ts'

/** How one experience stood when its placement was decided. */
export interface ExperienceExplanation {
  readonly key: string
  /** `unheard`: an experience before it won. `no-consent`: it is not functional and `preferences` is not granted. */
  readonly outcome: 'wins' | 'capped' | 'out' | 'unheard' | 'no-consent'
  readonly until: number | null
  /** `null` for everybody. */
  readonly audience: AudienceTrace | null
}

/** How an audience was decided, and what would decide it otherwise. */
export interface AudienceTrace extends Trace, Counterfactuals {}

/** A decision and how it came about. */
export interface DecisionExplanation {
  readonly decision: Decision
  readonly experiences: readonly ExperienceExplanation[]
}

/**
 * Decides placements and tells how: the same decisions as `decide`, with the trace of every audience.
 * @throws when the ruleset was published without its document.
 */
export function explainDecisions(
  compiled: CompiledRuleset,
  question: DecisionQuestion,
  placements: readonly string[] = Object.keys(compiled.ruleset.placements),
): readonly DecisionExplanation[] {
  const ruleset = explainable(compiled)
  const finder = createPlanFinder(ruleset, question)
  const decisions = decide(compiled, question, placements)
  return decisions.map((decision) => ({
    decision,
    experiences: explainExperiences(compiled, question, decision, (key) =>
      traceAudience(key, question, ruleset, finder),
    ),
  }))
}

function explainExperiences(
  compiled: CompiledRuleset,
  question: DecisionQuestion,
  { placement, reason }: Decision,
  trace: (key: string) => AudienceTrace | null,
): readonly ExperienceExplanation[] {
  const personal = isGranted(question.consent, 'preferences')
  // In the holdout no experience is heard at all.
  let isWon = reason === 'HOLDOUT'
  return (compiled.experiences.get(placement) ?? []).map((experience) => {
    const { outcome, until } = standingOf(experience, compiled, question, personal)
    const denied = !personal && !experience.functional
    const told = denied ? 'no-consent' : isWon ? 'unheard' : outcome
    isWon ||= told === 'wins'
    return { key: experience.key, outcome: told, until, audience: trace(experience.key) }
  })
}

function standingOf(
  experience: CompiledExperience,
  compiled: CompiledRuleset,
  question: DecisionQuestion,
  personal: boolean,
): Pick<ExperienceExplanation, 'outcome' | 'until'> {
  const scope = compiled.open(question)
  const standing = experience.stand(scope, personal ? question.visitor : undefined)
  const outcome = standing >= 0 ? 'wins' : standing === CAPPED ? 'capped' : 'out'
  return { outcome, until: toMilliseconds(scope.until) }
}

function traceAudience(
  key: string,
  question: DecisionQuestion,
  ruleset: Explainable,
  finder: PlanFinder,
): AudienceTrace | null {
  const audience = ruleset.document.experiences?.find((experience) => experience.key === key)?.audience
  if (audience === undefined) return null
  const ask = (asked: DecisionQuestion) => ruleset.ask(audience, asked)
  const trace = traceCondition(audience, { ruleset, question, finder })
  return { ...trace, ...findCounterfactuals(audience, ask, question, ruleset, finder) }
}
