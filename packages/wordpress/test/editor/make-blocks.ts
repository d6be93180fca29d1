import type { BlockInstance } from '@wordpress/blocks'
import type { VariantAttributes } from '../../src/blocks/variant/variant.ts'
import type { Segment } from '../../src/editor/segments/segment.ts'

let made = 0

/** A block as the editor holds it. */
export function makeBlock(
  name: string,
  attributes: object = {},
  innerBlocks: readonly BlockInstance[] = [],
): BlockInstance {
  return { clientId: `block-${++made}`, name, isValid: true, attributes: { ...attributes }, innerBlocks }
}

/** A paragraph. */
export function makeParagraph(content: string = 'Hello', attributes: object = {}): BlockInstance {
  return makeBlock('core/paragraph', { content, ...attributes })
}

/** A variant with a word in it, for nobody unless said otherwise. */
export function makeVariant(
  attributes: Partial<VariantAttributes> = {},
  innerBlocks: readonly BlockInstance[] = [makeParagraph()],
): BlockInstance {
  return makeBlock('attune/variant', { ...VARIANT, ...attributes }, innerBlocks)
}

const VARIANT: VariantAttributes = {
  key: 'a',
  label: '',
  segments: [],
  match: 'any',
  isDefault: false,
  from: '',
  until: '',
}

/** Adaptive Content with variants. */
export function makeAdaptive(variants: readonly BlockInstance[], attributes: object = {}): BlockInstance {
  const all = { placementId: 'hero', label: 'Hero', delivery: 'auto', reserve: '', strategy: 'first-match' }
  return makeBlock('attune/adaptive', { ...all, ...attributes }, variants)
}

/** A segment. */
export function makeSegment(key: string, facts: Partial<Segment> = {}): Segment {
  return {
    key,
    label: key.toUpperCase(),
    scope: 'private',
    confidential: false,
    cached: true,
    usage: 0,
    sentence: '',
    ...facts,
  }
}
