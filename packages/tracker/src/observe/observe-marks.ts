import { listen } from '../scope.ts'
import type { ChunkObserver } from './observer.ts'
import { recordMark } from './record-mark.ts'
import { watchSeen } from './watch-seen.ts'

/**
 * Records what marks declare by `data-attune-on`: at a `click`, a `submit`, a `change`, or a `view`, which is half of the element
 * in view for a second, once per page view.
 */
export const observeMarks: ChunkObserver = (view) => {
  const { document } = view.window
  for (const type of ['click', 'submit', 'change']) {
    listen(view.scope, document, type, ({ target }) => {
      const marked = (target as Element).closest(`[data-attune-on=${type}]`)
      if (marked) recordMark(view, marked)
    })
  }
  const seen = new WeakSet<Element>()
  watchSeen(view, '[data-attune-on=view]', (marked) => {
    if (seen.has(marked)) return
    seen.add(marked)
    recordMark(view, marked)
  })
}
