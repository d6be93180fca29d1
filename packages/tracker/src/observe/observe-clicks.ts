import { listen } from '../scope.ts'
import type { Observer } from './observer.ts'
import { recordMark } from './record-mark.ts'

const MARKED = '[data-attune-click],[data-attune-event]:not([data-attune-on])'

/** Records what is declared by the mark that a click is on, or inside of. */
export const observeClicks: Observer = (view) => {
  const { document } = view
  listen(view.scope, document, 'click', ({ target }) => {
    const marked = (target as Element).closest(MARKED)
    if (marked) recordMark(view, marked)
  })
  // A press on a link comes some 100 ms before the next page is asked for: long enough to be heard first.
  listen(view.scope, document, 'pointerdown', ({ target }) => {
    if ((target as Element).closest('a')) view.flush()
  })
}
