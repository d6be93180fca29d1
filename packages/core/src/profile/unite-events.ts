import type { AttuneEvent } from '../event/event.ts'
import { compareEvents } from '../event/event-order.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { compareText } from '../result/compare-text.ts'

/** Each id once: of two versions the earlier stays, and of two of one time always the same. */
export function uniteEvents(events: readonly AttuneEvent[]): readonly AttuneEvent[] {
  const byId = new Map<string, AttuneEvent>()
  for (const event of events) {
    const known = byId.get(event.id)
    if (known === undefined || compareVersions(event, known) < 0) byId.set(event.id, event)
  }
  return [...byId.values()]
}

function compareVersions(a: AttuneEvent, b: AttuneEvent): number {
  return compareEvents(a, b) || compareText(canonicalJson(a), canonicalJson(b))
}
