import Link from 'next/link'
import type { ReactNode } from 'react'
import { findCategory, type Product } from '../../lib/catalog.ts'
import { itemProperties } from '../../lib/item-properties.ts'
import { formatPounds } from '../../lib/money.ts'
import { AddToCart } from '../add-to-cart.tsx'
import { Picture } from '../picture.tsx'
import { Shell } from '../shell.tsx'
import { TrackView } from '../track-view.tsx'

type ProductPageProps = {
  readonly product: Product
  readonly announcement: ReactNode
  readonly bar: ReactNode
  readonly offer: ReactNode
  readonly rail: ReactNode
}

function Facts({ product }: { readonly product: Product }) {
  return (
    <div className="facts">
      <h2>In figures</h2>
      <dl>
        {product.details.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>Delivery and returns</summary>
        <p>
          Two to three days in Britain and Norway, free over £50. Sixty days to send it back, used or not, at
          our cost.
        </p>
      </details>
      <details>
        <summary>Care and repair</summary>
        <p>
          Bring it to Kendal or Bergen, or post it. Small repairs cost nothing in the first five years; after
          that we ask for the material.
        </p>
      </details>
    </div>
  )
}

/** A product; its personalised parts come from outside. */
export function ProductPage({ product, announcement, bar, offer, rail }: ProductPageProps): ReactNode {
  const category = findCategory(product.category)
  return (
    <Shell announcement={announcement} bar={bar}>
      <TrackView name="view_item" properties={itemProperties(product)} />
      <div className="wrap product">
        <nav aria-label="Breadcrumb" className="crumbs">
          <ol>
            <li>
              <Link href="/">Home</Link>
            </li>
            <li>
              <Link href={`/category/${product.category}`}>{category?.name}</Link>
            </li>
            <li aria-current="page">{product.name}</li>
          </ol>
        </nav>
        <div className="product-columns">
          <div className="product-picture">
            <Picture src={`/products/${product.id}.svg`} alt={product.picture} size={[800, 800]} first />
          </div>
          <div className="product-text">
            <p className="kicker">{product.badge ?? category?.name}</p>
            <h1>{product.name}</h1>
            <p className="product-price">{formatPounds(product.price)}</p>
            <p className="product-description">{product.description}</p>
            <AddToCart key={product.id} product={product} />
            {offer}
            <Facts product={product} />
          </div>
        </div>
      </div>
      {rail}
    </Shell>
  )
}
