import { MenuGroup, MenuItem, ToolbarDropdownMenu } from '@wordpress/components'
import { useState } from '@wordpress/element'
import { __ } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { moreIcon } from '../../editor/icons.tsx'
import { UnwrapModal } from './unwrap-modal.tsx'
import { useVariantActions } from './use-variant-actions.ts'
import type { Placement } from './use-variants.ts'

/** What can be done with the variant that lies open. */
export function VariantMenu({ placement }: { readonly placement: Placement }): ReactElement {
  const actions = useVariantActions(placement)
  const [isUnwrapping, setUnwrapping] = useState(false)
  const { open, variants } = placement
  const place = variants.findIndex(({ clientId }) => clientId === open?.clientId)
  // The default is tried last, so nothing moves behind it.
  const last = variants.length - (variants.at(-1)?.isDefault === true ? 2 : 1)
  const isFixed = open === undefined || open.isDefault
  return (
    <>
      <ToolbarDropdownMenu icon={moreIcon} label={__('Variant actions', 'attune')}>
        {({ onClose }) => {
          const item = (text: string, isDisabled: boolean, work: (variant: string) => void): ReactElement => (
            <MenuItem
              disabled={isDisabled || open === undefined}
              onClick={() => {
                onClose()
                if (open !== undefined) work(open.clientId)
              }}
            >
              {text}
            </MenuItem>
          )
          return (
            <>
              <MenuGroup>
                {item(__('Add a variant', 'attune'), false, actions.add)}
                {item(__('Duplicate this variant', 'attune'), false, actions.duplicate)}
                {item(__('Move earlier', 'attune'), isFixed || place <= 0, (id) => actions.move(id, -1))}
                {item(__('Move later', 'attune'), isFixed || place >= last, (id) => actions.move(id, 1))}
              </MenuGroup>
              <MenuGroup>
                {item(__('Remove this variant', 'attune'), isFixed || variants.length < 2, actions.remove)}
                {item(__('Unwrap…', 'attune'), false, () => setUnwrapping(true))}
              </MenuGroup>
            </>
          )
        }}
      </ToolbarDropdownMenu>
      {isUnwrapping ? <UnwrapModal placement={placement} onClose={() => setUnwrapping(false)} /> : undefined}
    </>
  )
}
