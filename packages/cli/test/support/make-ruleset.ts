import type { Ruleset } from '@attune/core'

/** A ruleset with one segment of those who viewed three items in a week and did not buy in a day. */
export function makeRuleset(changes: Partial<Ruleset> = {}): Ruleset {
  return {
    version: 1,
    revision: 'test.1',
    events: { view_item: { properties: { item_id: 'string' } }, purchase: {} },
    segments: {
      keen: {
        when: {
          all: [
            { count: 'view_item', within: '7d', atLeast: 3 },
            { not: { count: 'purchase', within: '24h', atLeast: 1 } },
          ],
        },
      },
    },
    placements: { hero: { baseline: 'plain', variants: ['plain', 'offer'] } },
    experiences: [
      {
        key: 'offer',
        placement: 'hero',
        audience: { segment: 'keen' },
        allocation: [{ variant: 'offer', share: 1 }],
      },
    ],
    ...changes,
  }
}
