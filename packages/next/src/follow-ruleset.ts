import type { PublishedRuleset } from '@attune/core'
import { followRuleset as follow, type RulesetInput } from '@attune/edge'
import type { RulesetSource } from '@attune/storage'

/**
 * A ruleset that stays as it is, or the source of one that may change while the site runs; a function gives it when it is first
 * needed, so that a build asks nobody.
 */
export type RulesetOrSource = RulesetInput | (() => RulesetSource)

/** Makes something of a ruleset, as the edge does. */
export function followRuleset<Made>(
  input: RulesetOrSource,
  make: (ruleset: PublishedRuleset) => Made,
): () => Promise<Made | undefined> {
  return follow(typeof input === 'function' ? input() : input, make)
}
