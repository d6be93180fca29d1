import { registerBlockType } from '@wordpress/blocks'
import { select } from '@wordpress/data'
import { audienceIcon } from '../../editor/icons.tsx'
import { editorStore } from '../../editor/state/editor-store.ts'
import { SaveInnerBlocks } from '../save-inner-blocks.tsx'
import metadata from './block.json'
import { EditVariant } from './edit-variant.tsx'
import { SaveAtRest, SaveVariant } from './save-variant.tsx'
import type { VariantAttributes } from './variant.ts'
import { variantTitle } from './variant-words.ts'

// What is saved otherwise is found whole, and saved anew as it should be: variants as they were before they were put to rest, and
// defaults that somebody put to rest.
const { apiVersion, attributes, supports } = metadata
const EARLIER = [SaveInnerBlocks, SaveAtRest].map((save) => ({ apiVersion, attributes, supports, save }))

/** Makes variants known to the editor. */
export function registerVariant(): void {
  registerBlockType(metadata, {
    icon: audienceIcon,
    edit: EditVariant,
    save: SaveVariant,
    deprecated: EARLIER,
    // The list view tells variants apart by who sees them.
    __experimentalLabel: (attributes) =>
      // The editor hands attributes of a registered block in the types its block.json states.
      variantTitle(attributes as unknown as VariantAttributes, select(editorStore).getSegments()),
  })
}
