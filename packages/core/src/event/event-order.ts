import { compareText } from '../result/compare-text.ts'
import { type AttuneEvent, toSeconds } from './event.ts'

/** The order of events: by whole second, then by id by code point. */
export function compareEvents(a: AttuneEvent, b: AttuneEvent): number {
  return toSeconds(a.time) - toSeconds(b.time) || compareText(a.id, b.id)
}
