import { speak } from '@wordpress/a11y'
import { type BlockInstance, cloneBlock, createBlock } from '@wordpress/blocks'
import { useDispatch, useSelect } from '@wordpress/data'
import { __ } from '@wordpress/i18n'
import { editorStore } from '../../editor/state/editor-store.ts'
import { freeKey, VARIANT } from '../variant/variant.ts'
import { evenShares } from './shares.ts'
import type { Placement } from './use-variants.ts'

/** What can be done to the variants of a placement. */
export interface VariantActions {
  readonly open: (variant: string) => void
  readonly add: () => void
  readonly duplicate: (variant: string) => void
  /** Moves a variant by so many places in the order in which audiences are asked. */
  readonly move: (variant: string, by: -1 | 1) => void
  readonly remove: (variant: string) => void
}

/** The actions on the variants of a placement. */
export function useVariantActions({ clientId, variants, attributes }: Placement): VariantActions {
  const editor = useDispatch('core/block-editor')
  const { openVariant, focusTab } = useDispatch(editorStore)
  const { getBlock, isBlockSelected } = useSelect((select) => select('core/block-editor'), [])
  const keys = variants.map(({ key }) => key)

  const open = (variant: string): void => {
    openVariant(clientId, variant)
    if (isBlockSelected(clientId)) return
    // A variant that is closed cannot stay selected; the tab keeps the focus.
    editor.selectBlock(clientId, null)
    focusTab(variant)
  }
  const insert = (block: BlockInstance, index: number, said: string): void => {
    editor.insertBlock(block, index, clientId, false)
    if (attributes.strategy === 'experiment') shareEvenly([...variants, block])
    open(block.clientId)
    speak(said)
  }
  const shareEvenly = (
    among: readonly (BlockInstance | { clientId: string; isDefault: boolean })[],
  ): void => {
    const tested = among.filter((block) => !('isDefault' in block) || !block.isDefault)
    const share = evenShares(tested.length)
    for (const block of tested) editor.updateBlockAttributes(block.clientId, { share })
  }
  const placeOf = (variant: string): number => variants.findIndex((found) => found.clientId === variant)

  return {
    open,
    add: () => {
      const block = createBlock(VARIANT, { key: freeKey(keys) }, [createBlock('core/paragraph')])
      const end = variants.findIndex(({ isDefault }) => isDefault)
      insert(block, end < 0 ? variants.length : end, __('Variant added.', 'attune'))
    },
    duplicate: (variant) => {
      const original = getBlock(variant)
      if (original === null) return
      const copy = cloneBlock(original, { key: freeKey(keys), isDefault: false, label: '' })
      // A copy of the default comes before it: behind it nobody would ever get there.
      const { isDefault } = original.attributes
      insert(copy, placeOf(variant) + (isDefault === true ? 0 : 1), __('Variant duplicated.', 'attune'))
    },
    move: (variant, by) => {
      editor.moveBlockToPosition(variant, clientId, clientId, placeOf(variant) + by)
      open(variant)
      speak(
        by < 0 ? __('Variant is tried earlier now.', 'attune') : __('Variant is tried later now.', 'attune'),
      )
    },
    remove: (variant) => {
      const place = placeOf(variant)
      const next = variants[place + 1] ?? variants[place - 1]
      if (next === undefined) return
      open(next.clientId)
      editor.removeBlock(variant, false)
      speak(__('Variant removed.', 'attune'))
    },
  }
}
