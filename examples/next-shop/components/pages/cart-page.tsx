import type { ReactNode } from 'react'
import { CartView } from '../cart-view.tsx'
import { Shell } from '../shell.tsx'

/** The cart; its personalised parts come from outside. */
export function CartPage({ announcement }: { readonly announcement: ReactNode }): ReactNode {
  return (
    <Shell announcement={announcement}>
      <div className="wrap plain cart">
        <h1>Your cart</h1>
        <CartView />
      </div>
    </Shell>
  )
}
