import { PLACES } from './all-places.ts'
import { renderMap } from './render-map.ts'
import { renderRecord } from './render-record.ts'

/** The pages of docs/privacy by file name. */
export function generatePages(): { readonly [file: string]: string } {
  return { 'data-map.md': renderMap(PLACES), 'record-of-processing.md': renderRecord(PLACES) }
}
