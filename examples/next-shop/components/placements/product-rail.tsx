import type { ReactNode } from 'react'
import { findProduct } from '../../lib/catalog.ts'
import { PinIcon } from '../icons.tsx'
import { ProductCard } from '../product-card.tsx'

type RailProps = {
  readonly title: string
  readonly text: string
  /** Product id and the line below its price. */
  readonly items: readonly (readonly [id: string, note: ReactNode])[]
}

function Rail({ title, text, items }: RailProps) {
  return (
    <section className="rail wrap" aria-labelledby="rail-title">
      <div className="section-head">
        <h2 id="rail-title">{title}</h2>
        <p>{text}</p>
      </div>
      <ul className="rail-list">
        {items.map(([id, note]) => {
          const product = findProduct(id)
          return product ? (
            <li key={id} data-attune-click="product-rail" data-attune-prop-item_id={id}>
              <ProductCard product={product} note={note} />
            </li>
          ) : null
        })}
      </ul>
    </section>
  )
}

function PopularRail() {
  return (
    <Rail
      title="What people take home"
      text="What left the shop most this month."
      items={[
        ['trail-boots', 'First in hiking'],
        ['single-rope', 'First in climbing'],
        ['two-person-tent', 'First in camping'],
        ['roll-top-pannier', 'First in cycling'],
      ]}
    />
  )
}

function Stock({ town }: { readonly town: string }) {
  return (
    <>
      <PinIcon />
      Today in {town}
    </>
  )
}

function NearbyRail() {
  return (
    <Rail
      title="Near you in Britain"
      text="Click & collect, ready in two hours."
      items={[
        ['rain-jacket', <Stock key="rain-jacket" town="Kendal" />],
        ['climbing-shoes', <Stock key="climbing-shoes" town="Hathersage" />],
        ['gas-stove', <Stock key="gas-stove" town="Fort William" />],
        ['front-light', <Stock key="front-light" town="Betws-y-Coed" />],
      ]}
    />
  )
}

/** Four products: the favourites, or what waits in a shop near by. */
export const productRail: Record<string, ReactNode> = { popular: <PopularRail />, nearby: <NearbyRail /> }
