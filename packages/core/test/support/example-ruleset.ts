import type { Ruleset } from '@attune/core'

/** The example of the language page, as far as this version decides it. */
export const exampleRuleset: Ruleset = {
  version: 1,
  revision: '2026-11-22.1',
  timezone: 'Europe/London',
  retention: { events: '90d', profile: '400d' },
  events: {
    view_item: {
      purpose: 'preferences',
      properties: { item_id: 'string', item_category: 'string', price: 'number' },
    },
    add_to_cart: { properties: { item_id: 'string', item_category: 'string', value: 'number' } },
    begin_checkout: {},
    purchase: { properties: { transaction_id: 'string', item_category: 'string', value: 'number' } },
  },
  traits: { newsletter: { type: 'boolean', purpose: 'preferences' } },
  interests: {
    category: {
      of: 'item_category',
      halfLife: '14d',
      points: { view_item: 1, add_to_cart: 3, purchase: 5 },
    },
  },
  segments: {
    'high-intent': {
      label: 'High purchase intent',
      when: {
        all: [
          { count: 'view_item', within: '7d', atLeast: 3 },
          { not: { count: 'purchase', within: '24h', atLeast: 1 } },
        ],
      },
    },
  },
  placements: {
    'home-hero': { baseline: 'default', variants: ['default', 'offer', 'hiking'] },
    'product-rail': { baseline: 'popular', variants: ['popular', 'nearby'] },
  },
  experiences: [
    {
      key: 'hero-offer',
      placement: 'home-hero',
      audience: { segment: 'high-intent' },
      allocation: [
        { variant: 'offer', share: 0.5 },
        { variant: 'default', share: 0.5 },
      ],
      schedule: { from: '2026-11-01T00:00:00Z' },
      cap: { exposures: 3, within: '1d' },
    },
  ],
  routes: { '/': ['home-hero'], '/product/[slug]': ['product-rail'] },
  holdout: { share: 0.05, salt: '2026q4' },
  budget: 64,
}
