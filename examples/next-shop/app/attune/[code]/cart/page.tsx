import { Placement } from '@attune/next/page'
import type { Metadata } from 'next'
import { CartPage } from '../../../../components/pages/cart-page.tsx'
import { announcement } from '../../../../components/placements/announcement.tsx'
import { staticParams, variantPage } from '../../variant-pages.ts'

export const metadata: Metadata = { title: 'Your cart' }

export const generateStaticParams = staticParams('/cart')

export default variantPage('/cart', ({ decisions }) => (
  <CartPage announcement={<Placement id="announcement" variants={announcement} decisions={decisions} />} />
))
