import { useDispatch, useSelect } from '@wordpress/data'
import { useEffect } from '@wordpress/element'
import { ADAPTIVE, newPlacementId } from './adaptive.ts'

/** Blocks below one of these belong to another post, which may stand on the page twice without being a copy. */
export const DOCUMENTS: readonly string[] = ['core/block', 'core/template-part']

/**
 * Gives a placement its id: a new block, and a copy in the same document, whose id is taken by an earlier block. It is no
 * step of its own in the history: undoing goes from before the block to after it.
 */
export function usePlacementId(clientId: string, placementId: string, label: string): void {
  const { updateBlockAttributes, __unstableMarkNextChangeAsNotPersistent } = useDispatch('core/block-editor')
  const needsId = useSelect(
    (select) => {
      const { getBlockAttributes, getBlockName, getBlockParents, getClientIdsWithDescendants } =
        select('core/block-editor')
      if (placementId === '') return true
      const documentOf = (id: string): string | undefined =>
        getBlockParents(id, true).find((parent) => DOCUMENTS.includes(getBlockName(parent) ?? ''))
      const twins = getClientIdsWithDescendants().filter(
        (id) => getBlockName(id) === ADAPTIVE && getBlockAttributes(id)?.placementId === placementId,
      )
      const first = twins.find((id) => documentOf(id) === documentOf(clientId))
      return first !== undefined && first !== clientId
    },
    [clientId, placementId],
  )
  useEffect(() => {
    if (!needsId) return
    __unstableMarkNextChangeAsNotPersistent?.()
    updateBlockAttributes(clientId, { placementId: newPlacementId(label, Math.random()) })
  }, [needsId, clientId, label, updateBlockAttributes, __unstableMarkNextChangeAsNotPersistent])
}
