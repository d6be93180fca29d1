import type { Ruleset } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { publishRuleset } from '@attune/core/publish'
import type { WordPressSite } from './wordpress.ts'

/** A document whose segments have every scope, and one placement of its own. */
export const DOCUMENT: Ruleset = {
  version: 1,
  revision: 'r1',
  timezone: 'Europe/London',
  events: { view_item: { properties: { item_id: 'string' } }, purchase: {} },
  segments: {
    returning: { label: 'Returning visitors', when: { attr: 'visitor.returning', is: true } },
    germany: { label: 'Germany', when: { attr: 'geo.country', is: 'DE' } },
    buyer: { label: 'Buyers & <friends> 🎁', when: { count: 'purchase', atLeast: 1 } },
    sale: { when: { when: { from: '2026-01-01T00:00:00Z' } } },
    'german-buyer': { when: { all: [{ segment: 'germany' }, { segment: 'buyer' }] } },
  },
  placements: { home: { baseline: 'default', variants: ['default', 'offer'] } },
  experiences: [
    {
      key: 'home-offer',
      placement: 'home',
      audience: { segment: 'buyer' },
      allocation: [{ variant: 'offer', share: 1 }],
    },
  ],
  routes: { '/': ['home'] },
}

/** What publishing makes of a document; throws the findings when it has errors. */
export function publishedJson(document: Ruleset): string {
  const parsed = parseRuleset(document)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return JSON.stringify(publishRuleset(document))
}

/** A text as a PHP expression. */
export function phpText(text: string): string {
  return `base64_decode( '${Buffer.from(text).toString('base64')}' )`
}

/** Puts a document in force on a site; resolves to its hash. */
export async function publishOn(
  site: Pick<WordPressSite, 'php'>,
  document: Ruleset = DOCUMENT,
): Promise<string> {
  return site.php(`echo Attune\\publish_ruleset( ${phpText(publishedJson(document))} )->hash;`)
}
