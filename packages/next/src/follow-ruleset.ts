import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'
import { type RulesetInput, toRuleset } from './ruleset-input.ts'

/**
 * A ruleset that stays as it is, or the source of one that may change while the site runs; a function gives it when it is first
 * needed, so that a build asks nobody.
 */
export type RulesetOrSource = RulesetInput | RulesetSource | (() => RulesetSource)

/**
 * Makes something of a ruleset: of one that stays at once, so that mistakes are said when the site starts; of a source's when it
 * is first asked for, and again when there is another. Resolves to `undefined` while the source has none: why, it has said.
 */
export function followRuleset<Made>(
  input: RulesetOrSource,
  make: (ruleset: PublishedRuleset) => Made,
): () => Promise<Made | undefined> {
  const given = typeof input === 'function' ? input() : input
  let last: PublishedRuleset | undefined
  let made: Made | undefined
  const take = (ruleset: PublishedRuleset): void => {
    if (ruleset !== last) made = make(ruleset)
    last = ruleset
  }
  // A ruleset that was forgotten is missed when it is compiled, with the cure.
  const isSource = given && 'load' in given
  if (!isSource) take(toRuleset(given))
  return async () => {
    try {
      if (isSource) take(await given.load())
    } catch {
      // Why, the source has said; what was made last goes on.
    }
    return made
  }
}
