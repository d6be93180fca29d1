import {
  type CompiledRuleset,
  compileRuleset,
  type DecisionQuestion,
  decide,
  emptyProfile,
  evaluateSegments,
  PURPOSES,
  type PublishedRuleset,
} from '@attune/core'
import type { Answers } from './choose-variant.ts'
import type { View } from './view.ts'

/** What the ruleset says of the visitor of a view. */
export interface ViewAnswers {
  readonly answers: Answers
  /** The key of the variant that the ruleset itself decides a placement to show; undefined where it leaves that to the block. */
  readonly decided: (placement: string) => string | undefined
  /** When: milliseconds since 1970. */
  readonly now: number
}

/**
 * Asks the ruleset about the visitor of a view: one who granted everything, of whom nothing is remembered, with the context
 * and the segments of the view. `keys` are all segments there are: those that the ruleset keeps to itself are unknown.
 */
export function answerView(
  ruleset: PublishedRuleset | undefined,
  keys: readonly string[],
  view: View,
  present: number,
): ViewAnswers {
  const now = view.now ?? present
  const unknown = Object.fromEntries(keys.map((key) => [key, null]))
  if (ruleset === undefined) return { answers: { ...unknown, ...view.assume }, decided: () => undefined, now }
  const compiled = compiledOf(ruleset)
  const question: DecisionQuestion = {
    profile: emptyProfile(compiled.plan),
    context: view.context,
    consent: EVERYTHING,
    now,
    assume: Object.fromEntries(
      Object.entries(view.assume).filter(([key]) => Object.hasOwn(ruleset.segments, key)),
    ),
  }
  const told = Object.entries(evaluateSegments(compiled, question)).map(([key, { match }]) => [key, match])
  return {
    answers: { ...unknown, ...Object.fromEntries(told), ...view.assume },
    decided: (placement) =>
      Object.hasOwn(ruleset.placements, placement)
        ? decide(compiled, question, [placement])[0]?.variant
        : undefined,
    now,
  }
}

const EVERYTHING = Object.fromEntries(PURPOSES.map((purpose) => [purpose, true]))

// Compiling is work of a few milliseconds, once for each ruleset that is fetched.
const compiled = new WeakMap<PublishedRuleset, CompiledRuleset>()

function compiledOf(ruleset: PublishedRuleset): CompiledRuleset {
  const known = compiled.get(ruleset)
  if (known !== undefined) return known
  const made = compileRuleset(ruleset)
  compiled.set(ruleset, made)
  return made
}
