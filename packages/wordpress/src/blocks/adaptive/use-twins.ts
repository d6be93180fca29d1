import apiFetch from '@wordpress/api-fetch'
import { useSelect } from '@wordpress/data'
import { useEffect, useState } from '@wordpress/element'
import { DOCUMENTS } from './use-placement-id.ts'

/** Who else has the id of a placement. */
export interface Twins {
  /** Those that the person who edits may edit. */
  readonly posts: readonly { readonly title: string; readonly edit: string }[]
  /** How many they may not. */
  readonly others: number
  /** The id is somebody else's: nothing is decided by it here. */
  readonly isTaken: boolean
  /** This post is the oldest with the id. */
  readonly isFirst: boolean
}

// Nobody types a letter of an id so slowly.
const TYPED_MS = 500

/** The other posts with a placement's id; undefined until they are known, and where no post is edited that could have one. */
export function useTwins(clientId: string, placementId: string): Twins | undefined {
  const post = useSelect((select) => postOf(clientId, select), [clientId])
  const [twins, setTwins] = useState<Twins | undefined>(undefined)
  useEffect(() => {
    setTwins(undefined)
    if (placementId === '' || post === undefined) return
    let isWanted = true
    const timer = setTimeout(() => {
      apiFetch({ path: `/attune/v1/placements/${placementId}?post=${post}` })
        // Our own route.
        .then((answer) => isWanted && setTwins(answer as Twins))
        // Whoever may not ask is told when they save.
        .catch(() => undefined)
    }, TYPED_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [placementId, post])
  return twins
}

type Select = Parameters<Parameters<typeof useSelect>[0]>[0]

/** The post in whose content a block stands: the one that is edited, or a synced pattern in it. */
function postOf(clientId: string, select: Select): number | undefined {
  const { getBlockAttributes, getBlockName, getBlockParents } = select('core/block-editor')
  const around = getBlockParents(clientId, true).find((id) => DOCUMENTS.includes(getBlockName(id) ?? ''))
  const post =
    around === undefined ? select('core/editor')?.getCurrentPostId() : getBlockAttributes(around)?.ref
  return typeof post === 'number' ? post : undefined
}
