import { createSealKeys, decodeCode, type PublishedRuleset } from '@attune/core'
import { createPersonalizer, type Personalizer } from '@attune/edge'
import type { RulesetSource } from '@attune/storage/ruleset-source'
import { NOON, SECRET } from './fault-ruleset.ts'

const keys = createSealKeys(SECRET)

/** A site whose ruleset may change, and whose pages bear the mark of the revision that decided them. */
export interface MarkedSite {
  /** The revision that explains what a page shows; `baseline` when there is no ruleset; throws when none or two do. */
  page(language: 'de' | 'en'): Promise<string>
  /** Every ruleset that was ever in force. */
  readonly published: readonly PublishedRuleset[]
}

/** Creates a site that follows a source. */
export function createMarkedSite(source: RulesetSource): MarkedSite {
  const published: PublishedRuleset[] = []
  let personalizer: Personalizer | undefined
  source.follow((ruleset) => {
    const next = createPersonalizer({ ruleset, secret: SECRET, clock: () => NOON, onError: () => {} })
    return () => {
      personalizer = next
      published.push(ruleset)
    }
  })
  return {
    published,
    page: async (language) => {
      // Asked behind the answer, as hosts do.
      void source.load().catch(() => {})
      if (personalizer === undefined) return 'baseline'
      const headers = { 'accept-language': language, 'sec-fetch-dest': 'document' }
      const shown = await personalizer.personalize(new Request('http://shop.example/', { headers }))
      if (shown === undefined) throw new Error('The page was not decided.')
      const explained = published.filter((ruleset) => {
        const variants = decodeCode(keys, 'site', ruleset, '/', shown.code)
        return variants?.mark === `${language === 'de' ? 'german' : 'plain'}-${ruleset.revision}`
      })
      const [one, ...others] = explained
      if (one === undefined || others.length > 0)
        throw new Error(`${explained.length} revisions explain ${shown.code}.`)
      return one.revision
    },
  }
}
