import Link from 'next/link'
import type { ReactNode } from 'react'
import { ArrowIcon, CartIcon } from '../icons.tsx'

function Reminder() {
  return (
    <aside className="reminder" aria-label="Your cart">
      <div className="wrap">
        <CartIcon />
        <p>You left something in your cart.</p>
        <Link href="/cart" data-attune-click="cart-reminder">
          Pick it up
          <ArrowIcon />
        </Link>
      </div>
    </aside>
  )
}

/** A bar for visitors who filled a cart and went away; nothing for the others. */
export const cartReminder: Record<string, ReactNode> = { none: null, reminder: <Reminder /> }
