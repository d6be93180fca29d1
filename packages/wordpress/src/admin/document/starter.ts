import type { JsonObject } from '@attune/core/json'

/** What the tracker and the shop tell by themselves, by their GA4 names. */
export const STARTER_EVENTS: JsonObject = {
  page_view: {
    properties: { page_path: 'string', page_title: 'string', page_referrer: 'string' },
  },
  view_item: {
    properties: { item_id: 'string', item_name: 'string', item_category: 'string', price: 'number' },
  },
  add_to_cart: {
    properties: { item_id: 'string', item_name: 'string', item_category: 'string', value: 'number' },
  },
  begin_checkout: { properties: { value: 'number' } },
  purchase: { properties: { transaction_id: 'string', value: 'number' } },
}

/** The document of a site that never published any. `timezone` as IANA writes it; empty is UTC. */
export function starterDocument(timezone: string): JsonObject {
  return {
    version: 1,
    revision: '',
    ...(timezone === '' ? {} : { timezone }),
    events: STARTER_EVENTS,
    segments: {},
  }
}
