/** A guide article's head; its text lives in components/guides. */
export type Guide = {
  readonly slug: 'layering-for-hill-days' | 'a-warm-night-out'
  readonly title: string
  readonly summary: string
  readonly scene: 'hiking' | 'camping'
  readonly picture: string
  readonly minutes: number
  readonly author: string
  /** Products that the article speaks of, by id. */
  readonly kit: readonly string[]
}

/** All guides, newest first. */
export const guides: readonly Guide[] = [
  {
    slug: 'layering-for-hill-days',
    title: 'How to dress for a hill day in any weather',
    summary:
      'Three layers, two rules and one dry pair of gloves: what to wear when the forecast says everything.',
    scene: 'hiking',
    picture: 'Two walkers on a path over green fells',
    minutes: 5,
    author: 'Morag Sinclair',
    kit: ['rain-jacket', 'merino-beanie', 'trail-boots', 'day-pack'],
  },
  {
    slug: 'a-warm-night-out',
    title: 'A warm night out: sleeping well below zero',
    summary:
      'Cold comes from below. How to choose a pitch, a mat and a bag, and what to eat before you zip it up.',
    scene: 'camping',
    picture: 'A lit tent by a lake under the stars',
    minutes: 6,
    author: 'Eirik Haugen',
    kit: ['down-sleeping-bag', 'two-person-tent', 'insulated-flask', 'gas-stove'],
  },
]

/** The guide with this slug, or undefined. */
export function findGuide(slug: string): Guide | undefined {
  return guides.find((guide) => guide.slug === slug)
}
