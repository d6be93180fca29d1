import { InnerBlocks, useBlockProps, useInnerBlocksProps } from '@wordpress/block-editor'
import type { BlockEditProps } from '@wordpress/blocks'
import { useSelect } from '@wordpress/data'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useSegments } from '../../editor/segments/use-segments.ts'
import { widestAlign } from '../adaptive/adaptive.ts'
import { type Placement, usePlacement } from '../adaptive/use-variants.ts'
import { VariantTabs } from '../adaptive/variant-tabs.tsx'
import type { VariantAttributes } from './variant.ts'
import { VariantSettings } from './variant-settings.tsx'
import { variantTitle } from './variant-words.ts'

// Blocks may be as wide in a variant as beside it.
const LAYOUT = {
  type: 'constrained',
  alignments: ['none', 'left', 'center', 'right', 'wide', 'full'],
} as const

/** One variant in the editor; only the open one of its placement is drawn. */
export function EditVariant(props: BlockEditProps<VariantAttributes>): ReactElement {
  const { clientId } = props
  const adaptive = useSelect(
    (select) => select('core/block-editor').getBlockRootClientId(clientId) ?? '',
    [clientId],
  )
  const placement = usePlacement(adaptive)
  if (placement === undefined || placement.open?.clientId !== clientId) return <ClosedVariant />
  return <OpenVariant {...props} placement={placement} />
}

function ClosedVariant(): ReactElement {
  return <div {...useBlockProps({ className: 'attune-variant', hidden: true, style: { display: 'none' } })} />
}

function OpenVariant({
  clientId,
  attributes,
  setAttributes,
  isSelected,
  placement,
}: BlockEditProps<VariantAttributes> & { readonly placement: Placement }): ReactElement {
  const isEmpty = useSelect(
    (select) => select('core/block-editor').getBlockOrder(clientId).length === 0,
    [clientId],
  )
  const isWide = widestAlign(placement.open?.innerBlocks ?? []) !== undefined
  const props = useInnerBlocksProps(
    useBlockProps({
      className: isWide ? 'attune-variant is-layout-constrained has-global-padding' : 'attune-variant',
      'data-attune-caption': useCaption(attributes, placement),
    }),
    { layout: LAYOUT, ...(isEmpty ? { renderAppender: InnerBlocks.ButtonBlockAppender } : {}) },
  )
  return (
    <>
      <VariantTabs placement={placement} isCompact={!isSelected} isShared />
      <VariantSettings {...{ clientId, attributes, setAttributes, placement }} />
      <div {...props} />
    </>
  )
}

function useCaption(
  attributes: VariantAttributes,
  { variants, attributes: { label }, open }: Placement,
): string {
  const title = variantTitle(attributes, useSegments())
  const place = variants.findIndex(({ clientId }) => clientId === open?.clientId) + 1
  const name = label === '' ? __('Adaptive Content', 'attune') : label
  // translators: 1: name of the placement, 2: name of the variant, 3: its place, 4: how many there are.
  return sprintf(__('%1$s: %2$s (%3$d of %4$d)', 'attune'), name, title, place, variants.length)
}
