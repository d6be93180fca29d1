import { InnerBlocks } from '@wordpress/block-editor'
import type { ReactElement } from 'react'

/** Saves the inner blocks and no markup of our own, so that ours may change without a block turning invalid. */
export function SaveInnerBlocks(): ReactElement {
  return <InnerBlocks.Content />
}
