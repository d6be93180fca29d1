import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'

/** A source whose ruleset a test puts in force; it has none to begin with. */
export function makeSource(): RulesetSource & {
  publish(ruleset: PublishedRuleset): void
  publishLater(ruleset: PublishedRuleset): void
} {
  let recent: readonly PublishedRuleset[] = []
  let later: PublishedRuleset | undefined
  const publish = (ruleset: PublishedRuleset): void => {
    recent = [ruleset, ...recent]
  }
  return {
    publish,
    /** Comes into force only by a refresh. */
    publishLater: (ruleset) => {
      later = ruleset
    },
    load: async () => {
      if (recent[0] === undefined) throw new Error('There is no ruleset yet.')
      return recent[0]
    },
    refresh: async () => {
      if (later !== undefined) publish(later)
      later = undefined
    },
    recent: () => recent,
  }
}
