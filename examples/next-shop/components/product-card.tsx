import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Product } from '../lib/catalog.ts'
import { formatPounds } from '../lib/money.ts'

type ProductCardProps = {
  readonly product: Product
  /** The tag of the name's heading, to fit the page's outline. */
  readonly heading?: 'h2' | 'h3'
  /** One line below the price. */
  readonly note?: ReactNode
  /** The first pictures of a page are fetched at once, the others when they come near. */
  readonly eager?: boolean
}

/** A product in a grid or rail: the whole card is one link. */
export function ProductCard({ product, heading = 'h3', note, eager }: ProductCardProps): ReactNode {
  const Heading = heading
  return (
    <article className="card">
      <div className="card-picture">
        <img
          src={`/products/${product.id}.svg`}
          alt={product.picture}
          width="800"
          height="800"
          loading={eager ? 'eager' : 'lazy'}
        />
        {product.badge ? <span className="badge">{product.badge}</span> : null}
      </div>
      <Heading className="card-name">
        <Link href={`/product/${product.id}`}>{product.name}</Link>
      </Heading>
      <p className="card-summary">{product.summary}</p>
      <p className="card-price">{formatPounds(product.price)}</p>
      {note ? <p className="card-note">{note}</p> : null}
    </article>
  )
}
