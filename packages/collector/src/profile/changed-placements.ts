import { type CompiledRuleset, type DecisionQuestion, decide, type Pin, type Profile } from '@attune/core'

/** What is needed to tell which pinned decisions still hold. */
export interface ChangeQuestion {
  readonly compiled: CompiledRuleset
  /** `contextPlacements` of its ruleset. */
  readonly contextual: ReadonlySet<string>
  readonly pin: Pin
  readonly before: Profile
  readonly after: Profile
  readonly question: Omit<DecisionQuestion, 'profile'>
}

/** The pinned placements that now show something else. */
export function changedPlacements(asked: ChangeQuestion): readonly string[] {
  const { compiled, contextual, pin, before, after, question } = asked
  const pinned = Object.keys(pin)
  const variantsFor = (profile: Profile) =>
    decide(compiled, { ...question, profile }, pinned).map(({ variant }) => variant)
  const now = variantsFor(after)
  const was = pinned.some((placement) => contextual.has(placement)) ? variantsFor(before) : now
  return pinned.filter((placement, at) => {
    if (now[at] === pin[placement]?.variant) return false
    return !contextual.has(placement) || now[at] !== was[at]
  })
}
