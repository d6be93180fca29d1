import { type PageDecisions, Placement } from '@attune/next/page'
import Link from 'next/link'
import type { ReactNode } from 'react'

interface Props {
  /** The public path. */
  readonly path: string
  /** None: baselines. */
  readonly decisions?: PageDecisions
}

/** What the site shows at a path; `undefined` where it has no page. */
export function showPage({ path, decisions = {} }: Props): ReactNode | undefined {
  if (path === '/') return <Home decisions={decisions} />
  if (path === '/about') return <p>We have walked all of it.</p>
  return path === '/product/tent' ? <Product decisions={decisions} /> : undefined
}

function Home({ decisions }: { readonly decisions: PageDecisions }): ReactNode {
  return (
    <>
      <Placement
        id="home-hero"
        decisions={decisions}
        variants={{ default: <h1>Everything for outside</h1>, hiking: <h1>Boots that have seen rain</h1> }}
      />
      <Link href="/product/tent">A tent</Link>
    </>
  )
}

function Product({ decisions }: { readonly decisions: PageDecisions }): ReactNode {
  return (
    <Placement
      id="product-rail"
      decisions={decisions}
      variants={{ popular: <p>Tents</p>, boots: <p>Boots</p> }}
    />
  )
}
