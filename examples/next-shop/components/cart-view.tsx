'use client'

import Link from 'next/link'
import { type ReactNode, useEffect, useRef } from 'react'
import { type CartLine, changeCart, totalCart, useCart } from '../lib/cart.ts'
import { findProduct } from '../lib/catalog.ts'
import { lineProperties } from '../lib/item-properties.ts'
import { formatPounds } from '../lib/money.ts'
import { track } from '../lib/track.ts'
import { DiscountForm } from './discount-form.tsx'
import { OrderSummary, standardDelivery } from './order-summary.tsx'

function change(line: CartLine, by: number) {
  const product = findProduct(line.id)
  if (!product) return
  changeCart(line.id, line.size, by)
  void track(by > 0 ? 'add_to_cart' : 'remove_from_cart', lineProperties(product, Math.abs(by)))
}

function Line({ line }: { readonly line: CartLine }) {
  const product = findProduct(line.id)
  if (!product) return null
  return (
    <li className="line">
      <img src={`/products/${product.id}.svg`} alt="" width="800" height="800" />
      <div className="line-name">
        <Link href={`/product/${product.id}`}>{product.name}</Link>
        <p>{line.size ? `Size ${line.size}` : formatPounds(product.price)}</p>
      </div>
      <fieldset className="stepper">
        <legend className="only-heard">Quantity of {product.name}</legend>
        <button type="button" onClick={() => change(line, -1)} aria-label={`One ${product.name} less`}>
          −
        </button>
        <output>{line.quantity}</output>
        <button
          type="button"
          onClick={() => change(line, 1)}
          disabled={line.quantity >= 20}
          aria-label={`One ${product.name} more`}
        >
          +
        </button>
      </fieldset>
      <p className="line-price">{formatPounds(product.price * line.quantity)}</p>
      <button type="button" className="link-button line-remove" onClick={() => change(line, -line.quantity)}>
        Remove<span className="only-heard"> {product.name}</span>
      </button>
    </li>
  )
}

/** The cart: its lines, a code, the sums and the way to the checkout. */
export function CartView(): ReactNode {
  const cart = useCart()
  const seen = useRef(false)
  useEffect(() => {
    if (!cart || cart.lines.length === 0 || seen.current) return
    seen.current = true
    const { total, items, dearest } = totalCart(cart)
    void track('view_cart', { value: total, currency: 'GBP', items, item_category: dearest?.category ?? '' })
  }, [cart])

  if (!cart) {
    return (
      <noscript>
        <p className="cart-empty">The cart is kept in your browser and needs JavaScript.</p>
      </noscript>
    )
  }
  if (cart.lines.length === 0) {
    return (
      <div className="cart-empty">
        <p>Your cart is empty. The hills are not.</p>
        <Link className="button" href="/">
          Look around the shop
        </Link>
      </div>
    )
  }

  const totals = totalCart(cart)
  return (
    <div className="cart-columns">
      <ul className="lines">
        {cart.lines.map((line) => (
          <Line key={`${line.id} ${line.size}`} line={line} />
        ))}
      </ul>
      <OrderSummary totals={totals} delivery={standardDelivery(totals.total)}>
        <Link className="button button-wide" href="/checkout">
          Go to checkout
        </Link>
        <DiscountForm applied={cart.code} />
      </OrderSummary>
    </div>
  )
}
