import { type PageDecisions, Placement } from '@attune/next/page'
import type { ReactNode } from 'react'
import { offer } from './offer.tsx'

// Only where something answers at /attune/socket, which `next start` alone does not: docs/guide/live.md.
const isLive = process.env.SHOP_SOCKETS === '1'

// The offer keeps its room while it is away; what stands there meanwhile holds for everybody.
function Returns() {
  return (
    <div className="offer offer-promise">
      <div className="offer-card">
        <p className="offer-title">Sixty days to change your mind.</p>
        <p>Walk in it, sleep in it, ride it. If it is not right, send it back at our cost.</p>
      </div>
    </div>
  )
}

/** The offer beside a product: with sockets it comes at the third look, while the visitor is looking. */
export function ProductOffer({ decisions }: { readonly decisions: PageDecisions }): ReactNode {
  const variants = isLive ? { ...offer, none: <Returns /> } : offer
  return <Placement id="offer" variants={variants} decisions={decisions} live={isLive} />
}
