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
  /**
   * The placements of which this request does not tell all that their audiences look at: who takes events is asked from another address and at another
   * time than the page was, and cannot say what it would show now; only what events changed.
   */
  readonly isUntold: (placement: string) => boolean
  /** What this session was shown, as far as it is known: pages fetched ahead at one time leave only the last one's pin. */
  readonly pin: Pin
  readonly readBefore: () => Profile
  readonly after: Profile
  readonly question: Omit<DecisionQuestion, 'profile'>
}

/** The placements that now show something else than they did. */
export function changedPlacements(asked: ChangeQuestion): readonly string[] {
  const { compiled, isUntold, pin, readBefore, after, question } = asked
  const placements = Object.keys(compiled.ruleset.placements)
  const now = variantsFor(after, placements)
  const differing = placements.filter((placement) => own(pin, placement)?.variant !== now.get(placement))
  // Of what the page was shown and asks no context the pin says it all; of the rest only events may have moved it.
  const doubtful = differing.filter((placement) => !own(pin, placement) || isUntold(placement))
  const was = doubtful.length === 0 ? new Map() : variantsFor(readBefore(), doubtful)
  return differing.filter((placement) => !was.has(placement) || was.get(placement) !== now.get(placement))

  function variantsFor(profile: Profile, wanted: readonly string[]): ReadonlyMap<string, string> {
    const decisions = decide(compiled, { ...question, profile }, wanted)
    return new Map(decisions.map(({ placement, variant }) => [placement, variant]))
  }
}
