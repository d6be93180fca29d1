import { Button, Modal, RadioControl } from '@wordpress/components'
import { useDispatch } from '@wordpress/data'
import { useState } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { useSegments } from '../../editor/segments/use-segments.ts'
import { variantTitle } from '../variant/variant-words.ts'
import type { Placement } from './use-variants.ts'

interface UnwrapProps {
  readonly placement: Placement
  readonly onClose: () => void
}

/** Asks which variant stays as ordinary content when an Adaptive Content block is taken away. */
export function UnwrapModal({ placement: { clientId, variants, open }, onClose }: UnwrapProps): ReactElement {
  const segments = useSegments()
  const { replaceBlock } = useDispatch('core/block-editor')
  const [kept, keep] = useState(open?.clientId ?? '')
  const unwrap = (): void => {
    onClose()
    replaceBlock(clientId, variants.find((variant) => variant.clientId === kept)?.innerBlocks ?? [])
  }
  return (
    <Modal title={__('Unwrap Adaptive Content', 'attune')} size="small" onRequestClose={onClose}>
      <RadioControl
        label={__('Which variant is kept? Everybody will see it.', 'attune')}
        help={__('The others are deleted.', 'attune')}
        selected={kept}
        options={variants.map((variant) => ({
          value: variant.clientId,
          label: variantTitle(variant, segments),
        }))}
        onChange={keep}
      />
      <div className="attune-modal-actions">
        <Button variant="tertiary" onClick={onClose} __next40pxDefaultSize>
          {__('Cancel', 'attune')}
        </Button>
        <Button variant="primary" onClick={unwrap} __next40pxDefaultSize>
          {__('Keep this variant', 'attune')}
        </Button>
      </div>
    </Modal>
  )
}
