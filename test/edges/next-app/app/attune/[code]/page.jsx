import { createVariantPages, Placement } from '@attune/next/page'
import Link from 'next/link'
import ruleset from '../../../ruleset.published.json'

const { staticParams, variantPage } = createVariantPages({ ruleset, secret: process.env.ATTUNE_SECRET })

export const revalidate = 3600
export const generateStaticParams = staticParams('/')

export default variantPage('/', ({ decisions }) => (
  <main>
    <Placement
      id="home-hero"
      decisions={decisions}
      variants={{ default: <h1>Everything for outside</h1>, hiking: <h1>Boots that have seen rain</h1> }}
    />
    <Placement
      id="offer"
      decisions={decisions}
      variants={{ none: null, 'ten-percent': <p>Ten percent off this week</p> }}
    />
    <Link href="/product/tent">A tent</Link> <Link href="/about">About us</Link>
  </main>
))
