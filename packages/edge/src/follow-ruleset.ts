import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'
import type { RulesetOrSource } from './ruleset-input.ts'

/**
 * Makes something of a ruleset: of one that stays at once, so that mistakes are said when the site starts; of a source's when it
 * comes, before it is in force, so that no request waits for it. Resolves to `undefined` while the source has none: why, it has said.
 */
export function followRuleset<Made>(
  given: RulesetOrSource,
  make: (ruleset: PublishedRuleset) => Made,
): () => Promise<Made | undefined> {
  const input = typeof given === 'function' ? given() : given
  // A ruleset that was forgotten, or a path in its place, is missed when it is compiled, with the cure.
  const source = input as RulesetSource
  if (!source?.load) {
    // Of a JSON import TypeScript knows no literal types.
    const made = make(input as PublishedRuleset)
    return async () => made
  }
  let made: Made | undefined
  source.follow((ruleset) => {
    const next = make(ruleset)
    return () => {
      made = next
    }
  })
  return async () => {
    // Why there is none, the source has said; what was made last goes on.
    await source.load().catch(() => {})
    return made
  }
}
