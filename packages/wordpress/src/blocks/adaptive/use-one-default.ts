import { useDispatch } from '@wordpress/data'
import { useEffect } from '@wordpress/element'
import { defaultOf, type Placement } from './use-variants.ts'

// Nobody saw it, and nobody is to see it until somebody is chosen.
const FOR_NOBODY = { isDefault: false, segments: [], from: '', until: '', share: undefined }

/**
 * Leaves a placement one default, the first that is marked so: what else is marked was never shown to anybody. It is no step of its
 * own in the history.
 */
export function useOneDefault(placement: Placement | undefined): void {
  const { updateBlockAttributes, __unstableMarkNextChangeAsNotPersistent } = useDispatch('core/block-editor')
  const variants = placement?.variants ?? []
  const first = defaultOf(variants)
  const others = variants.filter((variant) => variant.isDefault && variant !== first)
  const ids = others.map(({ clientId }) => clientId).join(' ')
  useEffect(() => {
    for (const id of ids === '' ? [] : ids.split(' ')) {
      __unstableMarkNextChangeAsNotPersistent?.()
      updateBlockAttributes(id, FOR_NOBODY)
    }
  }, [ids, updateBlockAttributes, __unstableMarkNextChangeAsNotPersistent])
}
