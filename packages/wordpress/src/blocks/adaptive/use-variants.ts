import { useSelect } from '@wordpress/data'
import { useMemo } from '@wordpress/element'
import { editorStore } from '../../editor/state/editor-store.ts'
import { type VariantBlock, variantsIn } from '../variant/variant.ts'
import { type AdaptiveAttributes, readAdaptive } from './adaptive.ts'

/** An Adaptive Content block with its variants, and which of them lies open on the canvas. */
export interface Placement {
  readonly clientId: string
  readonly attributes: AdaptiveAttributes
  readonly variants: readonly VariantBlock[]
  readonly open: VariantBlock | undefined
}

/** The placement of an Adaptive Content block; undefined when there is no such block. */
export function usePlacement(adaptive: string): Placement | undefined {
  const block = useSelect((select) => select('core/block-editor').getBlock(adaptive), [adaptive])
  const asked = useSelect((select) => select(editorStore).getOpenVariant(adaptive), [adaptive])
  return useMemo(() => {
    if (block === null) return undefined
    const variants = variantsIn(block.innerBlocks)
    const open = variants.find(({ clientId }) => clientId === asked) ?? defaultOf(variants) ?? variants[0]
    return { clientId: adaptive, attributes: readAdaptive(block), variants, open }
  }, [block, asked, adaptive])
}

/** The variant that stands for everybody else: the one marked so; the first mark counts, as on the page. */
export function defaultOf(variants: readonly VariantBlock[]): VariantBlock | undefined {
  return variants.find(({ isDefault }) => isDefault)
}
