import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'
import type { RulesetInput } from './ruleset-input.ts'

/**
 * A ruleset that stays as it is, or the source of one that may change while the site runs; a function gives it when it is first
 * needed, so that a build asks nobody.
 */
export type RulesetOrSource = RulesetInput | RulesetSource | (() => RulesetSource)

/**
 * Makes something of a ruleset: of one that stays at once, so that mistakes are said when the site starts; of a source's when it
 * comes, before it is in force, so that no request waits for it. Resolves to `undefined` while the source has none: why, it has said.
 */
export function followRuleset<Made>(
  input: RulesetOrSource,
  make: (ruleset: PublishedRuleset) => Made,
): () => Promise<Made | undefined> {
  const given = typeof input === 'function' ? input() : input
  // A ruleset that was forgotten is missed when it is compiled, with the cure.
  if (!given || !('load' in given)) {
    // A JSON import has the values but not the literal types.
    const made = make(given as PublishedRuleset)
    return async () => made
  }
  let made: Made | undefined
  given.follow((ruleset) => {
    const next = make(ruleset)
    return () => {
      made = next
    }
  })
  return async () => {
    // Why there is none, the source has said; what was made last goes on.
    await given.load().catch(() => {})
    return made
  }
}
