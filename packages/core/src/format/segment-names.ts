import { isObject, own } from '../result/json.ts'

/** Names of Segment's specification, as `toEventName` writes them → GA4's. What is not here keeps its own. Source: Segment, Ecommerce and Video spec; B2B SaaS. */
export const SEGMENT_NAMES: { readonly [spoken: string]: string } = {
  added_product: 'add_to_cart',
  cart_shared: 'share',
  cart_viewed: 'view_cart',
  checkout_started: 'begin_checkout',
  completed_order: 'purchase',
  order_completed: 'purchase',
  order_refunded: 'refund',
  payment_info_entered: 'add_payment_info',
  product_added: 'add_to_cart',
  product_added_to_wishlist: 'add_to_wishlist',
  product_clicked: 'select_item',
  product_list_viewed: 'view_item_list',
  product_removed: 'remove_from_cart',
  product_shared: 'share',
  product_viewed: 'view_item',
  products_searched: 'view_search_results',
  promotion_clicked: 'select_promotion',
  promotion_viewed: 'view_promotion',
  removed_product: 'remove_from_cart',
  signed_in: 'login',
  signed_up: 'sign_up',
  video_content_completed: 'video_complete',
  video_content_started: 'video_start',
  viewed_product: 'view_item',
  viewed_product_category: 'view_item_list',
  wishlist_product_added_to_cart: 'add_to_cart',
}

type Members = { readonly [name: string]: unknown }
type Renames = { readonly [theirs: string]: string }

const PRODUCT: Renames = {
  product_id: 'item_id',
  name: 'item_name',
  brand: 'item_brand',
  category: 'item_category',
  variant: 'item_variant',
  position: 'index',
}
const ORDER: Renames = {
  order_id: 'transaction_id',
  orderId: 'transaction_id',
  list_id: 'item_list_id',
  query: 'search_term',
  share_via: 'method',
  payment_method: 'payment_type',
}
const PROMOTION: Renames = { name: 'promotion_name', creative: 'creative_name', position: 'creative_slot' }
const VIDEO: Renames = {
  title: 'video_title',
  total_length: 'video_duration',
  position: 'video_current_time',
}

const OF_PRODUCTS: ReadonlySet<string> = new Set([
  'add_to_cart',
  'add_to_wishlist',
  'product_removed_from_wishlist',
  'remove_from_cart',
  'select_item',
  'share',
  'view_item',
  'view_item_list',
])

/** Writes the properties of Segment's specification as GA4's parameters, with `products` as `items`. `name` is the event's, in GA4's words. */
export function flattenShop(name: string, properties: Members): Members {
  if (name.endsWith('_promotion')) return rename(properties, PROMOTION)
  if (name.startsWith('video_')) return rename(properties, VIDEO)
  const { products, ...rest } = properties
  const items = Array.isArray(products) ? { items: products.filter(isObject).map(asItem) } : {}
  const ours = OF_PRODUCTS.has(name) ? asItem(rest) : rest
  return { ...rename(ours, ORDER), ...moneyOf(properties), ...items }
}

function asItem(product: Members): Members {
  const { id, sku, ...rest } = product
  // A product was known by `id` before the specification's second version.
  const itemId = own(product, 'product_id') ?? id ?? sku
  return { ...rename(rest, PRODUCT), ...(itemId === undefined ? {} : { item_id: itemId }) }
}

// GA4's value is without shipping and tax; so is `revenue`.
function moneyOf(properties: Members): Members {
  const value = own(properties, 'revenue') ?? own(properties, 'total') ?? own(properties, 'value')
  return value === undefined ? {} : { value }
}

function rename(members: Members, names: Renames): Members {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [own(names, name) ?? name, value]))
}
