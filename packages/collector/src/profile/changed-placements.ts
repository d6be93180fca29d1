import {
  type CompiledRuleset,
  type DecisionQuestion,
  decide,
  own,
  type Pin,
  type Profile,
} from '@attune/core'

/** What is needed to tell which decisions a batch changed. */
export interface ChangeQuestion {
  readonly compiled: CompiledRuleset
  /** `contextPlacements` of its ruleset. */
  readonly contextual: ReadonlySet<string>
  /** What this session was shown, as far as it is known: pages fetched ahead at one time leave only the last one's pin. */
  readonly pin: Pin
  readonly before: Profile
  readonly after: Profile
  readonly question: Omit<DecisionQuestion, 'profile'>
}

/** The placements that now show something else than they did. */
export function changedPlacements(asked: ChangeQuestion): readonly string[] {
  const { compiled, contextual, pin, before, after, question } = asked
  const placements = Object.keys(compiled.ruleset.placements ?? {})
  const variantsFor = (profile: Profile) =>
    decide(compiled, { ...question, profile }, placements).map(({ variant }) => variant)
  const now = variantsFor(after)
  const was = variantsFor(before)
  return placements.filter((placement, at) => {
    const isMoved = now[at] !== was[at]
    const pinned = own(pin, placement)
    if (pinned === undefined) return isMoved
    return now[at] !== pinned.variant && (isMoved || !contextual.has(placement))
  })
}
