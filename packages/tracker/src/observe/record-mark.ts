import type { EventProperties } from '../queue/clean-properties.ts'
import type { PageView } from './observer.ts'

/**
 * Records what a marked element declares: the event `data-attune-event`, or `select_content` for `data-attune-click`. Each
 * `data-attune-prop-item-id="x"` adds the text `item_id`, each `data-attune-number-value="9.5"` the number `value`.
 */
export function recordMark({ record, flush }: PageView, marked: Element): void {
  const properties: EventProperties = { content_id: (marked as HTMLElement).dataset.attuneClick }
  for (const { name, value } of marked.attributes) {
    const [, kind, key] = /^data-attune-(prop|number)-(.+)/.exec(name) ?? []
    // What is no number is sent as null, which is the same as missing.
    if (key) properties[key.replace(/-/g, '_')] = kind === 'prop' ? value : +value
  }
  const event = (marked as HTMLElement).dataset.attuneEvent
  record(event ?? 'select_content', properties)
  // Whoever declares an event waits for its effect.
  if (event) flush()
}
