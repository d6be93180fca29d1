import { useSelect } from '@wordpress/data'
import { editorStore } from '../state/editor-store.ts'
import type { Segments } from './segment-words.ts'

/** The published segments; undefined while they are being fetched. */
export function useSegments(): Segments {
  return useSelect((select) => select(editorStore).getSegments(), [])
}
