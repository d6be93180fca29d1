import { isObject } from '../result/json.ts'
import { type FlatProperties, flatten } from './flat.ts'

/** GA4's recommended events of shops: those that carry `items`. Source: Google, Recommended events. */
export const GA4_SHOP_EVENTS: readonly string[] = [
  'add_payment_info',
  'add_shipping_info',
  'add_to_cart',
  'add_to_wishlist',
  'begin_checkout',
  'purchase',
  'refund',
  'remove_from_cart',
  'select_item',
  'select_promotion',
  'view_cart',
  'view_item',
  'view_item_list',
  'view_promotion',
]

/** GA4's recommended events, all of them. Source: Google, Recommended events. */
export const GA4_EVENTS: readonly string[] = [
  ...GA4_SHOP_EVENTS,
  'ad_impression',
  'campaign_details',
  'close_convert_lead',
  'close_unconvert_lead',
  'disqualify_lead',
  'earn_virtual_currency',
  'generate_lead',
  'join_group',
  'level_end',
  'level_start',
  'level_up',
  'login',
  'post_score',
  'qualify_lead',
  'screen_view',
  'search',
  'select_content',
  'share',
  'sign_up',
  'spend_virtual_currency',
  'tutorial_begin',
  'tutorial_complete',
  'unlock_achievement',
  'view_search_results',
  'working_lead',
]

/**
 * Flattens the parameters of a GA4 event: its own, then those of its first item, and `item_count`, how many items it lists. A `value`
 * that is missing is the items' prices times their quantities where each item has a price, as Google works it out.
 */
export function flattenGa4(params: { readonly [name: string]: unknown }): FlatProperties {
  const { items: listed, ...told } = params
  const items = Array.isArray(listed) ? listed.filter(isObject) : []
  if (items.length === 0) return flatten(told)
  return flatten({ ...told, item_count: items.length }, items[0], { value: moneyOf(items) })
}

function moneyOf(items: readonly { readonly [name: string]: unknown }[]): number | undefined {
  let cents = 0
  for (const item of items) {
    const { price, quantity = 1 } = flatten({ price: item.price, quantity: item.quantity })
    if (typeof price !== 'number' || typeof quantity !== 'number') return undefined
    // Three currencies have a thousandth; a sum of fractions drifts.
    cents += Math.round(price * quantity * 1000)
  }
  return cents / 1000
}
