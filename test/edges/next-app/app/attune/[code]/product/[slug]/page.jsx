import { createVariantPages, Placement } from '@attune/next/page'
import Link from 'next/link'
import ruleset from '../../../../../ruleset.published.json'

const { staticParams, variantPage } = createVariantPages({ ruleset, secret: process.env.ATTUNE_SECRET })

export const revalidate = 3600
export const generateStaticParams = staticParams('/product/[slug]', () => [{ slug: 'tent' }])

export default variantPage('/product/[slug]', ({ decisions, params }) => (
  <main>
    <h1>{params.slug}</h1>
    <Placement
      id="product-rail"
      decisions={decisions}
      variants={{ popular: <p>Tents</p>, boots: <p>Boots</p> }}
    />
    <Link href="/">Home</Link>
  </main>
))
