'use client'

import type { ReactNode } from 'react'
import type { CartTotals } from '../lib/cart.ts'
import { discountCode } from '../lib/discount.ts'
import { formatPounds, toPence } from '../lib/money.ts'

/** Pounds for delivery below the sum from which it is free. */
export function standardDelivery(total: number): number {
  return total >= 50 ? 0 : 4.5
}

type OrderSummaryProps = {
  readonly totals: CartTotals
  /** Pounds. */
  readonly delivery: number
  readonly children?: ReactNode
}

/** The sums of an order, and below them what comes next. */
export function OrderSummary({ totals, delivery, children }: OrderSummaryProps): ReactNode {
  return (
    <aside className="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">Summary</h2>
      <dl>
        <div>
          <dt>{totals.items === 1 ? '1 item' : `${totals.items} items`}</dt>
          <dd>{formatPounds(totals.subtotal)}</dd>
        </div>
        {totals.discount > 0 ? (
          <div>
            <dt>Discount {discountCode.code}</dt>
            <dd>−{formatPounds(totals.discount)}</dd>
          </div>
        ) : null}
        <div>
          <dt>Delivery</dt>
          <dd>{delivery === 0 ? 'Free' : formatPounds(delivery)}</dd>
        </div>
        <div className="summary-total">
          <dt>Total</dt>
          <dd>{formatPounds(toPence(totals.total + delivery))}</dd>
        </div>
      </dl>
      {children}
    </aside>
  )
}
