import { BlockControls } from '@wordpress/block-editor'
import { MenuGroup, MenuItem, ToolbarButton, ToolbarDropdownMenu, ToolbarGroup } from '@wordpress/components'
import { useDispatch, useSelect } from '@wordpress/data'
import { useEffect, useRef } from '@wordpress/element'
import { __, sprintf } from '@wordpress/i18n'
import type { ReactElement } from 'react'
import { checkIcon, chevronIcon, plusIcon } from '../../editor/icons.tsx'
import { useSegments } from '../../editor/segments/use-segments.ts'
import { editorStore } from '../../editor/state/editor-store.ts'
import type { VariantBlock } from '../variant/variant.ts'
import { variantTitle } from '../variant/variant-words.ts'
import { useVariantActions } from './use-variant-actions.ts'
import type { Placement } from './use-variants.ts'
import { VariantMenu } from './variant-menu.tsx'

// More tabs than these do not fit beside the other tools of a block.
const MOST_TABS = 4
// When the toolbar of a child gives way to this one, it first sets the focus on its own first button.
const SETTLED_MS = 100

interface TabsProps {
  readonly placement: Placement
  /** Shown among a child's tools, where there is less room. */
  readonly isCompact?: boolean
  /** Shows them beside the tools of a selected child too. */
  readonly isShared?: boolean
}

/** The variants of a placement in the block toolbar: which one lies open, and what can be done with it. */
export function VariantTabs({ placement, isCompact = false, isShared = false }: TabsProps): ReactElement {
  const actions = useVariantActions(placement)
  const tabs = isCompact || placement.variants.length > MOST_TABS ? <TabList {...placement} /> : undefined
  return (
    <BlockControls __experimentalShareWithChildBlocks={isShared}>
      <ToolbarGroup label={__('Variants', 'attune')} className="attune-tabs">
        {tabs ??
          placement.variants.map((variant) => <Tab key={variant.clientId} {...{ variant, placement }} />)}
        {isCompact ? undefined : (
          <ToolbarButton icon={plusIcon} label={__('Add a variant', 'attune')} onClick={actions.add} />
        )}
        <VariantMenu placement={placement} />
      </ToolbarGroup>
    </BlockControls>
  )
}

function Tab({
  variant,
  placement,
}: {
  readonly variant: VariantBlock
  readonly placement: Placement
}): ReactElement {
  const { open } = useVariantActions(placement)
  const { focusTab } = useDispatch(editorStore)
  const title = useTabTitle(variant, placement)
  const isFocused = useSelect(
    (select) => select(editorStore).getFocusedTab() === variant.clientId,
    [variant.clientId],
  )
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isFocused) return
    const settled = setTimeout(() => {
      button.current?.focus()
      focusTab(undefined)
    }, SETTLED_MS)
    return () => clearTimeout(settled)
  }, [isFocused, focusTab])
  return (
    <ToolbarButton
      ref={button}
      className="attune-tab"
      isPressed={placement.open?.clientId === variant.clientId}
      label={title.full}
      showTooltip
      onClick={() => open(variant.clientId)}
    >
      {title.short}
    </ToolbarButton>
  )
}

function TabList(placement: Placement): ReactElement {
  const { open } = useVariantActions(placement)
  const segments = useSegments()
  const opened = placement.open
  return (
    <ToolbarDropdownMenu
      icon={chevronIcon}
      className="attune-tab"
      label={__('Choose a variant', 'attune')}
      toggleProps={{ iconPosition: 'right' }}
      text={opened === undefined ? '' : shorten(variantTitle(opened, segments))}
    >
      {({ onClose }) => (
        <MenuGroup label={__('Variants, in the order in which they are tried', 'attune')}>
          {placement.variants.map((variant, at) => (
            <MenuItem
              key={variant.clientId}
              role="menuitemradio"
              isSelected={variant.clientId === opened?.clientId}
              icon={variant.clientId === opened?.clientId ? checkIcon : undefined}
              onClick={() => {
                open(variant.clientId)
                onClose()
              }}
            >
              {variant.isDefault
                ? variantTitle(variant, segments)
                : `${at + 1} · ${variantTitle(variant, segments)}`}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
    </ToolbarDropdownMenu>
  )
}

function useTabTitle(
  variant: VariantBlock,
  { variants }: Placement,
): { readonly short: string; readonly full: string } {
  const title = variantTitle(variant, useSegments())
  if (variant.isDefault) return { short: shorten(title), full: __('Default: everybody else', 'attune') }
  const place = variants.findIndex(({ clientId }) => clientId === variant.clientId) + 1
  return {
    short: `${place} · ${shorten(title)}`,
    // translators: 1: place in the order, 2: name of a variant.
    full: sprintf(__('Variant %1$d: %2$s', 'attune'), place, title),
  }
}

function shorten(title: string): string {
  return title.length > 18 ? `${title.slice(0, 17).trimEnd()}…` : title
}
