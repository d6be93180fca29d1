import { InnerBlocks } from '@wordpress/block-editor'
import type { ReactElement } from 'react'
import type { VariantAttributes } from './variant.ts'

/**
 * Saves a variant. One that is not the default is at rest: where the plugin is not active, browsers show nothing of it. The plugin
 * itself prints what stands in it and no more.
 */
export function SaveVariant({ attributes }: { readonly attributes: VariantAttributes }): ReactElement {
  return attributes.isDefault ? <InnerBlocks.Content /> : <SaveAtRest />
}

/** Saves the inner blocks in an element that browsers keep to themselves. */
export function SaveAtRest(): ReactElement {
  return (
    <template data-attune-variant="">
      <InnerBlocks.Content />
    </template>
  )
}
