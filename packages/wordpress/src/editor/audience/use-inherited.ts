import type { BlockInstance } from '@wordpress/blocks'
import { useSelect } from '@wordpress/data'
import { VARIANT, variantsIn } from '../../blocks/variant/variant.ts'
import { variantTitle } from '../../blocks/variant/variant-words.ts'
import { audienceWords, type Segments } from '../segments/segment-words.ts'
import { useSegments } from '../segments/use-segments.ts'
import { readAudience } from './audience.ts'

/** Who gets as far as a block, by the blocks around it, in words; undefined when everybody does. */
export function useInherited(clientId: string): string | undefined {
  const segments = useSegments()
  return useSelect(
    (select) => {
      const { getBlock, getBlockParents } = select('core/block-editor')
      const said = getBlockParents(clientId).flatMap((id) => saidBy(getBlock(id), segments))
      return said.length === 0 ? undefined : said.join(' › ')
    },
    [clientId, segments],
  )
}

function saidBy(block: BlockInstance | null, segments: Segments): readonly string[] {
  if (block === null) return []
  if (block.name === VARIANT) return variantsIn([block]).map((variant) => variantTitle(variant, segments))
  const audience = readAudience(block.attributes)
  if (audience === undefined || audience.segments.length === 0) return []
  return [audienceWords(audience.show, audience.segments, segments)]
}
