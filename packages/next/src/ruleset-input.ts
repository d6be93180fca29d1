import type { Ruleset } from '@attune/core'

/** A ruleset, or one imported as JSON, whose types TypeScript widens. `attune check` says whether it is one. */
export type RulesetInput = Ruleset | { readonly version: number; readonly revision: string }

/** The ruleset behind an import; compiling it names what is wrong with one that was not checked. */
export function toRuleset(input: RulesetInput): Ruleset {
  // A JSON import has the values but not the literal types.
  return input as Ruleset
}
