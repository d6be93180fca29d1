import { observeExposures } from '../observe/observe-exposures.ts'
import { observeMarks } from '../observe/observe-marks.ts'
import type { Observer } from '../observe/observer.ts'
import { safely } from '../safely.ts'
import { startChunk } from './start-chunk.ts'

/** What a page says of its elements: events that they declare, and placements; a live one needs a part of its own. */
export const observe: Observer = (view) => {
  for (const start of [observeMarks, observeExposures]) safely(() => start(view))
  if (view.document.querySelector('[data-attune-live]')) startChunk(view, 'live')
}
