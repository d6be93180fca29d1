import type { PublishedRuleset, Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'

export const SECRET = 'a secret of more than thirty-two characters'

/** A hero for returning hikers on the home page and an offer on product pages, published. */
export function makeRuleset(over: Partial<Ruleset> = {}): PublishedRuleset {
  return publishRuleset({
    version: 1,
    revision: 'test.1',
    events: { view_item: { properties: { item_category: 'string' } } },
    segments: { hiker: { when: { count: 'view_item', where: { item_category: 'hiking' }, atLeast: 1 } } },
    placements: {
      hero: { baseline: 'default', variants: ['default', 'hiking'] },
      offer: { baseline: 'none', variants: ['none', 'ten-percent'] },
    },
    experiences: [
      {
        key: 'hero-hiking',
        placement: 'hero',
        audience: { segment: 'hiker' },
        allocation: [{ variant: 'hiking', share: 1 }],
      },
    ],
    routes: { '/': ['hero'], '/product/[slug]': ['offer'] },
    ...over,
  })
}
