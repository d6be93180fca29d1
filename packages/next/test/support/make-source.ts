import type { PublishedRuleset } from '@attune/core'
import type { RulesetSource } from '@attune/storage'
import { createRulesetSource } from '@attune/storage/ruleset-source'

/** A source whose ruleset a test puts in force; it has none to begin with. */
export function makeSource(): RulesetSource & {
  publish(ruleset: PublishedRuleset): Promise<void>
  /** Comes into force only by a refresh. */
  publishLater(ruleset: PublishedRuleset): void
} {
  let published: string | undefined
  const source = createRulesetSource(
    'the test',
    async () => {
      if (published === undefined) throw new Error('There is no ruleset yet.')
      return { text: published, version: undefined }
    },
    { clock: () => 0, onError: () => {} },
  )
  const publishLater = (ruleset: PublishedRuleset): void => {
    published = JSON.stringify(ruleset)
  }
  return {
    ...source,
    publishLater,
    publish: (ruleset) => {
      publishLater(ruleset)
      return source.refresh()
    },
  }
}
