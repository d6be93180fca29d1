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
  if (!isSource(given)) {
    const made = Promise.resolve(make(toRuleset(given)))
    return () => made
  }
  let last: { readonly ruleset: PublishedRuleset; readonly made: Made } | undefined
  return async () => {
    const ruleset = await given.load().catch(() => undefined)
    if (ruleset === undefined) return undefined
    if (last?.ruleset !== ruleset) last = { ruleset, made: make(ruleset) }
    return last.made
  }
}

function isSource(input: RulesetInput | RulesetSource): input is RulesetSource {
  return input !== undefined && 'load' in input
}
