import { type BlockInstance, type BlockTypeSettings, cloneBlock, createBlock } from '@wordpress/blocks'
import { VARIANT } from '../variant/variant.ts'
import { ADAPTIVE } from './adaptive.ts'

/** Any blocks may be wrapped. Unwrapping asks a question, so it stands in the menu of variants. */
export const transforms: NonNullable<BlockTypeSettings['transforms']> = {
  from: [
    {
      type: 'block',
      isMultiBlock: true,
      blocks: ['*'],
      isMatch: (_, blocks) => asList(blocks).every(({ name }) => name !== ADAPTIVE && name !== VARIANT),
      __experimentalConvert: (blocks) => wrap(asList(blocks)),
    },
  ],
}

/** Wraps blocks: they become the default, and a copy of them the first variant, to be changed for its audience. */
export function wrap(blocks: readonly BlockInstance[]): BlockInstance {
  const copy = blocks.map((block) => cloneBlock(block))
  const original = blocks.map((block) => cloneBlock(block))
  return createBlock(ADAPTIVE, {}, [
    createBlock(VARIANT, { key: 'variant-1' }, copy),
    createBlock(VARIANT, { key: 'default', isDefault: true }, original),
  ])
}

function asList(blocks: BlockInstance | readonly BlockInstance[]): readonly BlockInstance[] {
  return 'clientId' in blocks ? [blocks] : blocks
}
