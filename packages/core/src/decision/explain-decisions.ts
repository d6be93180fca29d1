import { isGranted } from '../consent/consent.ts'
import { createScope } from '../match/scope.ts'
import { type Trace, type TraceSource, traceCondition } from '../match/trace-condition.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { type DecisionQuestion, decide, toMilliseconds } from './decide.ts'
import type { Decision } from './decision.ts'

/** How one experience stood when its placement was decided. */
export interface ExperienceExplanation {
  readonly key: string
  /** `unheard`: an experience before it won. `no-consent`: it is not functional and `preferences` is not granted. */
  readonly outcome: 'wins' | 'capped' | 'out' | 'unheard' | 'no-consent'
  readonly until: number | null
  /** `null` for everybody. */
  readonly audience: Trace | null
}

/** A decision and how it came about. */
export interface DecisionExplanation {
  readonly decision: Decision
  readonly experiences: readonly ExperienceExplanation[]
}

/** Decides placements and tells how: the same decisions as `decide`, with the trace of every audience. */
export function explainDecisions(
  compiled: CompiledRuleset,
  question: DecisionQuestion,
  placements: readonly string[] = Object.keys(compiled.ruleset.placements ?? {}),
): readonly DecisionExplanation[] {
  const decisions = decide(compiled, question, placements)
  return decisions.map((decision) => ({
    decision,
    experiences: explainExperiences(compiled, question, decision),
  }))
}

/** Tells how one segment was decided. */
export function explainSegment(compiled: CompiledRuleset, question: DecisionQuestion, key: string): Trace {
  const scope = createScope(question, compiled.plan, compiled.empty)
  return traceCondition(compiled.segments.condition(key), scope, sourceOf(compiled))
}

function explainExperiences(
  compiled: CompiledRuleset,
  question: DecisionQuestion,
  { placement, reason }: Decision,
): readonly ExperienceExplanation[] {
  const scope = createScope(question, compiled.plan, compiled.empty)
  const personal = isGranted(question.consent, 'preferences')
  // In the holdout no experience is heard at all.
  let isWon = reason === 'HOLDOUT'
  return (compiled.experiences.get(placement) ?? []).map(({ experience, audience, isFunctional, stand }) => {
    const trace = audience === undefined ? null : traceCondition(audience, scope, sourceOf(compiled))
    const { outcome, until } = stand(scope, personal ? question.visitor : undefined)
    const denied = !personal && !isFunctional
    const told = denied ? 'no-consent' : isWon ? 'unheard' : outcome
    isWon ||= told === 'wins'
    return { key: experience.key, outcome: told, until: toMilliseconds(until), audience: trace }
  })
}

function sourceOf({ around, segments }: CompiledRuleset): TraceSource {
  return { around, segment: segments.condition }
}
