import { registerBlockVariation } from '@wordpress/blocks'
import { select, subscribe } from '@wordpress/data'
import { editorStore } from '../../editor/state/editor-store.ts'
import { ADAPTIVE } from './adaptive.ts'
import { variations } from './variations.ts'

/** Offers the variations as soon as the site's segments are known, or are known not to be had. */
export function registerVariations(): void {
  const unsubscribe = subscribe(() => {
    const { getSegments, getTrouble } = select(editorStore)
    const segments = getSegments() ?? (getTrouble() === undefined ? undefined : [])
    if (segments === undefined) return
    unsubscribe()
    for (const variation of variations(segments)) registerBlockVariation(ADAPTIVE, variation)
  })
}
