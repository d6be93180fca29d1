import type { EventProperties } from '../queue/clean-properties.ts'
import { listen } from '../scope.ts'
import type { Observer } from './observer.ts'

const PROPERTY = 'data-attune-prop-'

/** Records `select_content` for a click on, or inside, an element marked `data-attune-click`. */
export const observeClicks: Observer = ({ environment: { window }, scope, record, flush }) => {
  listen(scope, window.document, 'click', ({ target }) => {
    const marked = (target as Element).closest('[data-attune-click]')
    if (!marked) return
    const properties: EventProperties = { content_id: marked.getAttribute('data-attune-click') ?? '' }
    for (const { name, value } of marked.attributes) {
      if (name.startsWith(PROPERTY)) properties[name.slice(PROPERTY.length).replace(/-/g, '_')] = value
    }
    record('select_content', properties)
  })
  // A press on a link comes some 100 ms before the next page is asked for: long enough to be heard first.
  listen(scope, window.document, 'pointerdown', ({ target }) => {
    if ((target as Element).closest('a')) flush()
  })
}
