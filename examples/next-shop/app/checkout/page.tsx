import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CheckoutForm } from '../../components/checkout-form.tsx'
import { DayAnnouncement } from '../../components/placements/announcement.tsx'
import { Shell } from '../../components/shell.tsx'

export const metadata: Metadata = { title: 'Checkout' }

export default function Page(): ReactNode {
  return (
    <Shell announcement={<DayAnnouncement />}>
      <div className="wrap plain cart">
        <h1>Checkout</h1>
        <CheckoutForm />
      </div>
    </Shell>
  )
}
