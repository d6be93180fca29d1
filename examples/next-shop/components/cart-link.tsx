'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { totalCart, useCart } from '../lib/cart.ts'
import { CartIcon } from './icons.tsx'

/** The way to the cart, with the number of things in it. */
export function CartLink(): ReactNode {
  const cart = useCart()
  const items = cart ? totalCart(cart).items : 0
  return (
    <Link className="cart-link" href="/cart" aria-label={items === 0 ? 'Cart' : `Cart, ${items} in it`}>
      <CartIcon />
      <span className="cart-count" data-empty={items === 0} aria-hidden="true">
        {items}
      </span>
    </Link>
  )
}
