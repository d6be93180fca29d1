import type { Ruleset } from '@attune/core'

/** The example of the language page. */
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
  scores: {
    engagement: {
      halfLife: '14d',
      points: [
        { event: 'view_item', points: 1 },
        { event: 'add_to_cart', where: { value: { atLeast: 50 } }, points: 5 },
      ],
    },
  },
  funnels: {
    checkout: {
      within: '30d',
      steps: [
        { stage: 'consideration', event: 'view_item' },
        { stage: 'conversion', event: 'begin_checkout' },
        { stage: 'customer', event: 'purchase' },
      ],
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
