import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'

/** A published ruleset, or one imported as JSON, whose types TypeScript widens. `attune publish` makes it. */
export type RulesetInput = PublishedRuleset | { readonly published: number; readonly revision: string }

/**
 * A ruleset that stays as it is, or the source of one that may change while the site runs; a function gives it when it is first
 * needed, so that a build asks nobody.
 */
export type RulesetOrSource = RulesetInput | RulesetSource | (() => RulesetSource)

/** The ruleset behind an import; compiling it says when it is not published. */
export function toRuleset(input: RulesetInput): PublishedRuleset {
  // A JSON import has the values but not the literal types.
  return input as PublishedRuleset
}
