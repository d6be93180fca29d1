import { type EventDefinition, own } from '@attune/core'

type PropertyType = NonNullable<EventDefinition['properties']>[string]

// GA4's names and some of traits, with values of one shop.
const EXAMPLES: { readonly [name: string]: string | number | boolean } = {
  content_id: 'hero-button',
  coupon: 'SUMMER',
  currency: 'EUR',
  engagement_time_msec: 12_000,
  experience: 'hero-hiking',
  form_id: 'newsletter',
  item_brand: 'North',
  item_category: 'hiking',
  item_count: 2,
  item_id: 'trail-boots',
  item_list_id: 'sale',
  item_list_name: 'Sale',
  item_name: 'Trail boots',
  item_variant: 'green',
  items: 2,
  method: 'email',
  page_path: '/product/trail-boots',
  page_referrer: 'www.example.com',
  page_title: 'Trail boots',
  percent_scrolled: 50,
  placement: 'hero',
  plan: 'pro',
  price: 129.9,
  quantity: 1,
  search_term: 'boots',
  shipping: 4.9,
  sports: 'hiking',
  tax: 20.74,
  tier: 'gold',
  transaction_id: 'T-1001',
  value: 129.9,
  variant: 'hiking',
  video_percent: 50,
}

const BY_TYPE: { readonly [type in PropertyType]: string | number | boolean } = {
  string: 'text',
  number: 1,
  boolean: true,
}

/** A value that a property may have: GA4's where the name is GA4's and the type the same. */
export function exampleOf(name: string, type: PropertyType): string | number | boolean {
  const known = own(EXAMPLES, name)
  return known !== undefined && typeof known === type ? known : BY_TYPE[type]
}
