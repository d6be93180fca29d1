import type { Product } from './catalog.ts'
import { toPence } from './money.ts'
import type { EventProperties } from './track.ts'

/** A product as events describe it. */
export function itemProperties(product: Product): EventProperties {
  return {
    item_id: product.id,
    item_name: product.name,
    item_category: product.category,
    price: product.price,
    currency: 'GBP',
  }
}

/** A product and how many of it; `value` is in pounds. */
export function lineProperties(product: Product, quantity: number): EventProperties {
  return { ...itemProperties(product), quantity, value: toPence(product.price * quantity) }
}
