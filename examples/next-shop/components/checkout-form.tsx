'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { emptyTheCart, totalCart, useCart } from '../lib/cart.ts'
import { formatPounds, toPence } from '../lib/money.ts'
import { track } from '../lib/track.ts'
import { AddressFields, CardFields, ContactFields } from './checkout-fields.tsx'
import { OrderSummary, standardDelivery } from './order-summary.tsx'

const nextDay = 5.95 // pounds

function createOrderNumber(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return `FF-${(number % 900_000) + 100_000}`
}

/** The checkout: who, where, how, and a card that is never charged. */
export function CheckoutForm(): ReactNode {
  const cart = useCart()
  const router = useRouter()
  const [express, setExpress] = useState(false)
  const [placing, setPlacing] = useState(false)
  const begun = useRef(false)

  useEffect(() => {
    if (!cart || cart.lines.length === 0 || begun.current) return
    begun.current = true
    const { total, items, dearest } = totalCart(cart)
    void track('begin_checkout', {
      value: total,
      currency: 'GBP',
      items,
      item_category: dearest?.category ?? '',
    })
  }, [cart])

  if (placing)
    return (
      <p className="cart-empty" role="status">
        Placing your order…
      </p>
    )
  if (!cart) {
    return (
      <noscript>
        <p className="cart-empty">
          The checkout needs JavaScript. You can order by telephone: 01632 960 287.
        </p>
      </noscript>
    )
  }
  if (cart.lines.length === 0) {
    return (
      <div className="cart-empty">
        <p>There is nothing in your cart to check out.</p>
        <Link className="button" href="/">
          Back to the shop
        </Link>
      </div>
    )
  }

  const totals = totalCart(cart)
  const standard = standardDelivery(totals.total)
  const delivery = express ? nextDay : standard

  const place = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setPlacing(true)
    const order = createOrderNumber()
    await track('purchase', {
      transaction_id: order,
      value: totals.total,
      currency: 'GBP',
      shipping: delivery,
      items: totals.items,
      item_category: totals.dearest?.category ?? '',
    })
    emptyTheCart()
    router.push(`/checkout/thanks?order=${order}`)
  }

  return (
    <form className="cart-columns" onSubmit={place}>
      <div className="checkout">
        <ContactFields />
        <AddressFields />
        <fieldset className="choices">
          <legend>Delivery</legend>
          <label>
            <input type="radio" name="delivery" checked={!express} onChange={() => setExpress(false)} />
            <span>
              <b>Standard</b> Two to three days
            </span>
            <span>{standard === 0 ? 'Free' : formatPounds(standard)}</span>
          </label>
          <label>
            <input type="radio" name="delivery" checked={express} onChange={() => setExpress(true)} />
            <span>
              <b>Next day</b> If ordered before 6 pm
            </span>
            <span>{formatPounds(nextDay)}</span>
          </label>
        </fieldset>
        <CardFields />
      </div>
      <OrderSummary totals={totals} delivery={delivery}>
        <button type="submit" className="button button-wide">
          Place order, {formatPounds(toPence(totals.total + delivery))}
        </button>
        <p className="demo-note">Demo: nothing is charged and nothing is sent to anybody.</p>
      </OrderSummary>
    </form>
  )
}
