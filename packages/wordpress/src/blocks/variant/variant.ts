import type { BlockInstance } from '@wordpress/blocks'
import { readShow, type Show } from '../../editor/segments/show.ts'

export const VARIANT = 'attune/variant'

/** What an `attune/variant` block keeps. */
export interface VariantAttributes {
  /** Names the variant within its placement, in reports and in a ruleset; never changes by itself. */
  readonly key: string
  readonly label: string
  readonly segments: readonly string[]
  /** How its segments decide, as it was written: readShow() reads it. */
  readonly match: unknown
  readonly isDefault: boolean
  /** Share of visitors in an experiment, 0–1. */
  readonly share?: number
  /** RFC 3339, or empty for always. */
  readonly from: string
  /** RFC 3339, or empty for ever. */
  readonly until: string
}

/** A variant as the canvas holds it. */
export interface VariantBlock extends VariantAttributes {
  readonly match: Show
  readonly clientId: string
  readonly innerBlocks: readonly BlockInstance[]
}

/** The variants among the inner blocks of an Adaptive Content block, in their order. */
export function variantsIn(blocks: readonly BlockInstance[]): readonly VariantBlock[] {
  return blocks.filter(({ name }) => name === VARIANT).map(readVariant)
}

function readVariant({ clientId, innerBlocks, attributes }: BlockInstance): VariantBlock {
  // The editor hands attributes of a registered block in the types its block.json states.
  const variant = attributes as unknown as VariantAttributes
  return { ...variant, match: readShow(variant.match), clientId, innerBlocks }
}

/** A key no other variant of the placement has: `variant-1`, `variant-2`, … */
export function freeKey(taken: readonly string[], from: number = 1): string {
  const key = `variant-${from}`
  return taken.includes(key) ? freeKey(taken, from + 1) : key
}
