import { useBlockProps, useInnerBlocksProps } from '@wordpress/block-editor'
import type { BlockEditProps, InnerTemplate } from '@wordpress/blocks'
import type { ReactElement } from 'react'
import { VARIANT } from '../variant/variant.ts'
import { type AdaptiveAttributes, widestAlign } from './adaptive.ts'
import { AdaptiveSettings } from './adaptive-settings.tsx'
import { useOneDefault } from './use-one-default.ts'
import { useOpenVariant } from './use-open-variant.ts'
import { usePlacementId } from './use-placement-id.ts'
import { usePlacement } from './use-variants.ts'
import { VariantTabs } from './variant-tabs.tsx'

const TEMPLATE: InnerTemplate = [
  [VARIANT, { key: 'variant-1' }, [['core/paragraph', {}]]],
  [VARIANT, { key: 'default', isDefault: true }, [['core/paragraph', {}]]],
]

/** The Adaptive Content block in the editor: one of its variants on the canvas at a time. */
export function EditAdaptive({ clientId, attributes }: BlockEditProps<AdaptiveAttributes>): ReactElement {
  const placement = usePlacement(clientId)
  usePlacementId(clientId, attributes.placementId, attributes.label)
  useOpenVariant(placement)
  useOneDefault(placement)
  const align = widestAlign(placement?.open?.innerBlocks ?? [])
  const className = align === undefined ? 'attune-adaptive' : `attune-adaptive align${align}`
  const props = useInnerBlocksProps(useBlockProps({ className }), {
    allowedBlocks: [VARIANT],
    template: TEMPLATE,
    renderAppender: false,
  })
  return (
    <>
      {placement === undefined ? undefined : (
        <>
          <VariantTabs placement={placement} />
          <AdaptiveSettings placement={placement} />
        </>
      )}
      <div {...props} />
    </>
  )
}
