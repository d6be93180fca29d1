import type { PublishedRuleset, Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'

export const SECRET = 'a secret of more than thirty-two characters'

/** A published ruleset with a bit of everything: signals, segments, shares, a cap, routes. */
export function makePublished(revision = 'r1', over: Partial<Ruleset> = {}): PublishedRuleset {
  return publishRuleset({
    version: 1,
    revision,
    events: { view_item: { properties: { item_category: 'string' } }, purchase: {} },
    segments: {
      hiker: { when: { count: 'view_item', where: { item_category: 'hiking' }, within: '30d', atLeast: 2 } },
      german: { when: { attr: 'language', in: ['de'] } },
      keen: { when: { all: [{ segment: 'hiker' }, { not: { segment: 'german' } }] } },
    },
    placements: {
      hero: { baseline: 'default', variants: ['default', 'hiking', 'german'] },
      offer: { baseline: 'none', variants: ['none', 'ten-percent'] },
    },
    experiences: [
      {
        key: 'hero-hiking',
        placement: 'hero',
        audience: { segment: 'keen' },
        allocation: [
          { variant: 'hiking', share: 0.5 },
          { variant: 'default', share: 0.5 },
        ],
      },
      {
        key: 'hero-german',
        placement: 'hero',
        audience: { segment: 'german' },
        allocation: [{ variant: 'german', share: 1 }],
      },
      {
        key: 'offer',
        placement: 'offer',
        audience: { segment: 'hiker' },
        allocation: [{ variant: 'ten-percent', share: 1 }],
      },
    ],
    routes: { '/': ['hero'], '/product/[slug]': ['offer', 'hero'] },
    ...over,
  })
}

/** What `attune publish` writes of it. */
export function makeText(revision = 'r1', over: Partial<Ruleset> = {}): string {
  return `${JSON.stringify(makePublished(revision, over))}\n`
}
