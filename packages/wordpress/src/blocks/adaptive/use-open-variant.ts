import { useDispatch, useSelect } from '@wordpress/data'
import { useEffect, useRef } from '@wordpress/element'
import { editorStore } from '../../editor/state/editor-store.ts'
import { useWinner } from '../../editor/view-as/use-winner.ts'
import type { Placement } from './use-variants.ts'

/**
 * Keeps the right variant on the canvas: the first of a new placement, the one in which something was selected (in the list
 * view, say), and the one that the visitor would see as whom the page is looked at.
 */
export function useOpenVariant(placement: Placement | undefined): void {
  const { openVariant } = useDispatch(editorStore)
  const adaptive = placement?.clientId ?? ''
  const isNew = useRef(placement?.attributes.placementId === '')
  const first = placement?.variants[0]?.clientId
  const winner = useWinner(placement)
  const selected = useSelect(
    (select) => {
      const { getSelectedBlockClientId, getBlockParents } = select('core/block-editor')
      const id = getSelectedBlockClientId()
      if (id === null) return undefined
      const path = [id, ...getBlockParents(id, true)]
      const above = path.indexOf(adaptive)
      return above > 0 ? path[above - 1] : undefined
    },
    [adaptive],
  )
  useEffect(() => {
    // Its variants come a moment after the block.
    if (!isNew.current || first === undefined) return
    isNew.current = false
    openVariant(adaptive, first)
  }, [first, adaptive, openVariant])
  useEffect(() => {
    if (winner !== undefined) openVariant(adaptive, winner)
  }, [winner, adaptive, openVariant])
  useEffect(() => {
    if (selected !== undefined) openVariant(adaptive, selected)
  }, [selected, adaptive, openVariant])
}
