import { camping } from './products/camping.ts'
import { climbing } from './products/climbing.ts'
import { cycling } from './products/cycling.ts'
import { hiking } from './products/hiking.ts'

/** The four departments, in the order of the menu. */
export type CategorySlug = 'hiking' | 'climbing' | 'camping' | 'cycling'

/** One thing we sell. `price` is in pounds; `details` are label and value; `picture` describes the drawing. */
export type Product = {
  readonly id: string
  readonly name: string
  readonly category: CategorySlug
  readonly price: number
  readonly summary: string
  readonly description: string
  readonly details: readonly (readonly [label: string, value: string])[]
  readonly picture: string
  readonly sizes?: readonly string[]
  readonly badge?: string
}

/** A department with its own words and landscape (`/scenes/<slug>.svg`). */
export type Category = {
  readonly slug: CategorySlug
  readonly name: string
  readonly line: string
  readonly intro: string
}

/** All departments. */
export const categories: readonly Category[] = [
  {
    slug: 'hiking',
    name: 'Hiking',
    line: 'Boots, shells and packs for long days',
    intro:
      'Boots that have been round the Langdale horseshoe in sleet, shells that breathe on the way up, and packs that carry quietly. Everything here has been walked in by somebody on our staff.',
  },
  {
    slug: 'climbing',
    name: 'Climbing',
    line: 'Ropes, racks and rubber for grit and granite',
    intro:
      'Ropes, harnesses and protection for trad, sport and the wall on a wet Tuesday. Certified to EN and UIAA, checked by hand before they leave our workshop in Sheffield.',
  },
  {
    slug: 'camping',
    name: 'Camping',
    line: 'Tents, bags and stoves for quiet nights',
    intro:
      'Shelter, warmth and a hot drink: the three things that turn a wet pitch into a good memory. Light enough to carry, tough enough to lend to a friend.',
  },
  {
    slug: 'cycling',
    name: 'Cycling',
    line: 'Wheels and luggage for lanes and gravel',
    intro:
      'For coast-to-coast weekends, forest tracks and the ride to work. Bikes are built and tuned by our mechanics, and every part can be repaired.',
  },
]

/** All twenty-four products, department by department. */
export const products: readonly Product[] = [...hiking, ...climbing, ...camping, ...cycling]

const byId: ReadonlyMap<string, Product> = new Map(products.map((product) => [product.id, product]))

/** The product with this id, or undefined. */
export function findProduct(id: string): Product | undefined {
  return byId.get(id)
}

/** The department with this slug, or undefined. */
export function findCategory(slug: string): Category | undefined {
  return categories.find((category) => category.slug === slug)
}

/** The products of one department. */
export function productsOf(slug: CategorySlug): readonly Product[] {
  return products.filter((product) => product.category === slug)
}
