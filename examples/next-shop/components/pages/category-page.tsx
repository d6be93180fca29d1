import type { ReactNode } from 'react'
import { type Category, productsOf } from '../../lib/catalog.ts'
import { Picture } from '../picture.tsx'
import { ProductGrid } from '../product-grid.tsx'
import { Shell } from '../shell.tsx'
import { TrackView } from '../track-view.tsx'

type CategoryPageProps = {
  readonly category: Category
  readonly announcement: ReactNode
  readonly bar: ReactNode
}

/** A department; its personalised parts come from outside. */
export function CategoryPage({ category, announcement, bar }: CategoryPageProps): ReactNode {
  const { slug, name, line, intro } = category
  return (
    <Shell announcement={announcement} bar={bar}>
      <TrackView
        name="view_item_list"
        properties={{ item_list_id: slug, item_list_name: name, item_category: slug }}
      />
      <header className="banner">
        <Picture src={`/scenes/${slug}.svg`} alt="" size={[1600, 900]} first />
        <div className="wrap banner-text">
          <p className="kicker">{line}</p>
          <h1>{name}</h1>
        </div>
      </header>
      <div className="wrap category">
        <p className="lead">{intro}</p>
        <ProductGrid products={productsOf(slug)} />
      </div>
    </Shell>
  )
}
