import type { BlockInstance } from '@wordpress/blocks'

export const ADAPTIVE = 'attune/adaptive'

/** How a placement reaches the visitor; `auto` leaves it to the site. */
export type Delivery = 'auto' | 'server' | 'inline' | 'fragment' | 'edge' | 'static'

/** What an `attune/adaptive` block keeps. */
export interface AdaptiveAttributes {
  /** Names the placement in rulesets, reports and fragments. */
  readonly placementId: string
  readonly label: string
  readonly delivery: Delivery
  /** CSS length kept free until the content is there, or empty. */
  readonly reserve: string
  readonly strategy: 'first-match' | 'experiment'
}

/** The attributes of a block that is known to be Adaptive Content. */
export function readAdaptive({ attributes }: BlockInstance): AdaptiveAttributes {
  // The editor hands attributes of a registered block in the types its block.json states.
  return attributes as unknown as AdaptiveAttributes
}

/** Keys of the ruleset language: small letters, digits and hyphens, no hyphen first. */
export function toKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 48)
}

/** A new placement id; `chance` lies in [0, 1). */
export function newPlacementId(label: string, chance: number): string {
  const tail = Math.floor(chance * 36 ** 5)
    .toString(36)
    .padStart(5, '0')
  return `${toKey(label) || 'placement'}-${tail}`
}

/** The widest alignment among some blocks: they reach as far on the canvas as on the page, where nothing is around them. */
export function widestAlign(blocks: readonly BlockInstance[]): 'full' | 'wide' | undefined {
  const aligns = blocks.map(({ attributes }) => attributes.align)
  return (['full', 'wide'] as const).find((align) => aligns.includes(align))
}
