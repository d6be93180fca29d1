import Link from 'next/link'
import type { ReactNode } from 'react'
import { discountCode } from '../../lib/discount.ts'

function TenPercent() {
  return (
    <aside className="offer" aria-label="An offer for you">
      <div className="offer-card">
        <p className="offer-share" aria-hidden="true">
          10<span>%</span>
        </p>
        <div className="offer-text">
          <p className="offer-title">Still deciding? Take 10% off.</p>
          <p>
            Type <b className="offer-code">{discountCode.code}</b> in your cart. It works on everything,
            today.
          </p>
        </div>
        <Link className="button button-quiet" href="/cart" data-attune-click="offer">
          To the cart
        </Link>
      </div>
    </aside>
  )
}

/** An offer for visitors who are about to buy; nothing for the others. */
export const offer: Record<string, ReactNode> = { none: null, 'ten-percent': <TenPercent /> }
