import type { PublishedRuleset } from '@attune/core'

/** A published ruleset, or one imported as JSON, whose types TypeScript widens. `attune publish` makes it. */
export type RulesetInput = PublishedRuleset | { readonly published: number; readonly revision: string }

/** The ruleset behind an import; compiling it says when it is not published. */
export function toRuleset(input: RulesetInput): PublishedRuleset {
  // A JSON import has the values but not the literal types.
  return input as PublishedRuleset
}
