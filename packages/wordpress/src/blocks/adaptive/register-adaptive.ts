import { registerBlockType } from '@wordpress/blocks'
import { adaptiveIcon } from '../../editor/icons.tsx'
import { SaveInnerBlocks } from '../save-inner-blocks.tsx'
import metadata from './block.json'
import { EditAdaptive } from './edit-adaptive.tsx'
import { transforms } from './transforms.ts'

/** Makes Adaptive Content known to the editor. */
export function registerAdaptive(): void {
  registerBlockType(metadata, {
    icon: adaptiveIcon,
    edit: EditAdaptive,
    save: SaveInnerBlocks,
    transforms,
    __experimentalLabel: ({ label }) => (typeof label === 'string' && label !== '' ? label : undefined),
  })
}
