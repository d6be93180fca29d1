import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'

/** A published ruleset, one imported as JSON, whose types TypeScript widens, or the source of one that may change. */
export type RulesetInput =
  | PublishedRuleset
  | { readonly published: number; readonly revision: string }
  | RulesetSource

/**
 * Makes something of a ruleset: of one that stays at once, so that mistakes are said when the site starts; of a source's when it
 * comes, before it is in force, so that no request waits for it. Resolves to `undefined` while the source has none: why, it has said.
 */
export function followRuleset<Made>(
  input: RulesetInput,
  make: (ruleset: PublishedRuleset) => Made,
): () => Promise<Made | undefined> {
  // A ruleset that was forgotten is missed when it is compiled, with the cure.
  if (!input || !('load' in input)) {
    // A JSON import has the values but not the literal types.
    const made = make(input as PublishedRuleset)
    return async () => made
  }
  let made: Made | undefined
  input.follow((ruleset) => {
    const next = make(ruleset)
    return () => {
      made = next
    }
  })
  return async () => {
    // Why there is none, the source has said; what was made last goes on.
    await input.load().catch(() => {})
    return made
  }
}
