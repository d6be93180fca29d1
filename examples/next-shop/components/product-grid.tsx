'use client'

import { type ReactNode, useState } from 'react'
import type { Product } from '../lib/catalog.ts'
import { ProductCard } from './product-card.tsx'

const orders: Record<string, (a: Product, b: Product) => number> = {
  ours: () => 0,
  'price-up': (a, b) => a.price - b.price,
  'price-down': (a, b) => b.price - a.price,
  name: (a, b) => a.name.localeCompare(b.name, 'en'),
}

/** All products of a department, in the order the visitor likes. */
export function ProductGrid({ products }: { readonly products: readonly Product[] }): ReactNode {
  const [order, setOrder] = useState('ours')
  return (
    <>
      <div className="grid-bar">
        <p>{products.length} pieces</p>
        <label>
          Sort by{' '}
          <select value={order} onChange={(event) => setOrder(event.target.value)}>
            <option value="ours">Our choice</option>
            <option value="price-up">Price, low to high</option>
            <option value="price-down">Price, high to low</option>
            <option value="name">Name</option>
          </select>
        </label>
      </div>
      <ul className="grid">
        {products.toSorted(orders[order]).map((product, at) => (
          <li key={product.id}>
            <ProductCard product={product} heading="h2" eager={at < 3} />
          </li>
        ))}
      </ul>
    </>
  )
}
