import { Placement } from '@attune/next/page'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProductPage } from '../../../../../components/pages/product-page.tsx'
import { announcement } from '../../../../../components/placements/announcement.tsx'
import { cartReminder } from '../../../../../components/placements/cart-reminder.tsx'
import { ProductOffer } from '../../../../../components/placements/product-offer.tsx'
import { productRail } from '../../../../../components/placements/product-rail.tsx'
import { findProduct, products } from '../../../../../lib/catalog.ts'
import { staticParams, variantPage } from '../../../variant-pages.ts'

type Params = { readonly slug: string }

export const generateStaticParams = staticParams('/product/[slug]', () =>
  products.map(({ id }) => ({ slug: id })),
)

export async function generateMetadata({ params }: { readonly params: Promise<Params> }): Promise<Metadata> {
  const product = findProduct((await params).slug)
  return product ? { title: product.name, description: product.summary } : {}
}

export default variantPage<Params>('/product/[slug]', ({ params, decisions }) => {
  const product = findProduct(params.slug)
  if (!product) notFound()
  return (
    <ProductPage
      product={product}
      announcement={<Placement id="announcement" variants={announcement} decisions={decisions} />}
      bar={<Placement id="cart-reminder" variants={cartReminder} decisions={decisions} />}
      offer={<ProductOffer decisions={decisions} />}
      rail={<Placement id="product-rail" variants={productRail} decisions={decisions} />}
    />
  )
})
