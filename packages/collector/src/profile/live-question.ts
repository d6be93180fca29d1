import { type CompiledRuleset, type Context, type DecisionQuestion, own, type Profile } from '@attune/core'

/** What of a request each placement's audiences look at: `contextGroups` of core. */
export type ContextGroups = ReadonlyMap<string, ReadonlySet<string>>

/** What is needed to tell a page what its placements show now. */
export interface LiveQuestion {
  readonly question: DecisionQuestion
  /** Those of the placements that the page named which can be decided as its next request would be. */
  readonly answered: readonly string[]
  /** The others: placement → what of a request they look at that nobody told. */
  readonly still: ReadonlyMap<string, readonly string[]>
}

// A visit ends after 30 minutes without anything happening; as hosts that decide pages read it.
const RETURNING_SECONDS = 30 * 60
// What the session's cookie and the profile say is known, even that it is nothing.
const ALWAYS_TOLD = ['session', 'visitor']
// Of what led to a page its later requests say nothing, and hosts that decide pages have no `custom`.
const NEVER_TOLD = ['referrer', 'custom']

/**
 * Parts the placements that a page named: those whose audiences look at nothing that the page and its socket did not tell are decided as the next
 * request of the page would be; the others stay as they were. Placements that the ruleset does not have are neither.
 */
export function liveQuestion(
  { compiled, contextual }: { readonly compiled: CompiledRuleset; readonly contextual: ContextGroups },
  question: Omit<DecisionQuestion, 'profile'>,
  profile: Profile,
  placements: readonly string[],
): LiveQuestion {
  const context = { ...question.context, visitor: visitorContext(profile, question.now) }
  const told = new Set(
    [...ALWAYS_TOLD, ...Object.keys(context)].filter((group) => !NEVER_TOLD.includes(group)),
  )
  const known = placements.filter((placement) => own(compiled.ruleset.placements, placement) !== undefined)
  const still = known.flatMap((placement) => {
    const missing = [...(contextual.get(placement) ?? [])].filter((group) => !told.has(group))
    return missing.length === 0 ? [] : [[placement, missing] as const]
  })
  const left = new Map(still)
  return {
    question: { ...question, context, profile },
    answered: known.filter((placement) => !left.has(placement)),
    still: left,
  }
}

// Who has a socket has a visitor's cookie.
function visitorContext({ firstSeen }: Profile, now: number): Context['visitor'] & object {
  return { known: true, returning: firstSeen !== null && firstSeen < now / 1000 - RETURNING_SECONDS }
}
