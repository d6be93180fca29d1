'use client'

import Link from 'next/link'
import { type FormEvent, type ReactNode, useState } from 'react'
import { changeCart } from '../lib/cart.ts'
import type { Product } from '../lib/catalog.ts'
import { lineProperties } from '../lib/item-properties.ts'
import { track } from '../lib/track.ts'

/** Size, quantity and the button; what was added is said aloud. */
export function AddToCart({ product }: { readonly product: Product }): ReactNode {
  const [added, setAdded] = useState(0)

  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const quantity = Number(fields.get('quantity') ?? 1)
    changeCart(product.id, String(fields.get('size') ?? ''), quantity)
    setAdded(added + quantity)
    void track('add_to_cart', lineProperties(product, quantity))
  }

  return (
    <form className="add-to-cart" onSubmit={add}>
      <div className="add-fields">
        {product.sizes ? (
          <label>
            Size
            <select name="size" required defaultValue="">
              <option value="" disabled>
                Choose
              </option>
              {product.sizes.map((size) => (
                <option key={size}>{size}</option>
              ))}
            </select>
          </label>
        ) : null}
        <label>
          Quantity
          <select name="quantity" defaultValue="1">
            {[1, 2, 3, 4, 5].map((quantity) => (
              <option key={quantity}>{quantity}</option>
            ))}
          </select>
        </label>
      </div>
      <button type="submit" className="button button-wide">
        Add to cart
      </button>
      <p className="add-status" role="status">
        {added > 0 ? (
          <>
            {added === 1 ? 'In your cart.' : `${added} in your cart.`} <Link href="/cart">See the cart</Link>
          </>
        ) : (
          'In stock. Free delivery over £50.'
        )}
      </p>
      <noscript>
        <p className="add-status">
          Adding to the cart needs JavaScript. You can order by telephone: 01632 960 287.
        </p>
      </noscript>
    </form>
  )
}
