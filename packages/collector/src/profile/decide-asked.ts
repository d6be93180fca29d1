import { type CompiledRuleset, type DecisionQuestion, decide, own } from '@attune/core'

/** What is needed to tell a page what its placements show now. */
export interface LiveQuestion {
  readonly compiled: CompiledRuleset
  /** `contextPlacements` of its ruleset. */
  readonly contextual: ReadonlySet<string>
  readonly question: DecisionQuestion
}

/**
 * What the placements that a page named show now: placement → variant. Left out are those that the ruleset does not have, and those whose audiences look at the
 * request: who takes events is asked otherwise than the page was, and would decide otherwise.
 */
export function decideAsked(
  { compiled, contextual, question }: LiveQuestion,
  placements: readonly string[],
): Readonly<Record<string, string>> {
  const known = placements.filter(
    (placement) => own(compiled.ruleset.placements, placement) !== undefined && !contextual.has(placement),
  )
  const decisions = decide(compiled, question, known)
  return Object.fromEntries(decisions.map(({ placement, variant }) => [placement, variant]))
}
