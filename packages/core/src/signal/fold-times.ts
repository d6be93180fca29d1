import { compareText } from '../result/compare-text.ts'
import type { FoldedEvent } from './folded-event.ts'
import type { TimesSignal, TimesState } from './signal.ts'

/** Keeps the newest times; equal times of different events stand side by side. */
export function foldTimes(signal: TimesSignal, state: TimesState, event: FoldedEvent): TimesState {
  const { seconds } = event
  const known = state.times
  const first = signal.first ? Math.min(state.first ?? known.at(-1) ?? seconds, seconds) : undefined
  const id = signal.id ? lastId(state, event) : undefined
  return {
    times: insertNewest(known, seconds, signal.keep),
    ...(first === undefined ? {} : { first }),
    ...(id === undefined ? {} : { id }),
    ...(state.since === undefined ? {} : { since: state.since }),
  }
}

function insertNewest(times: readonly number[], seconds: number, keep: number): readonly number[] {
  let at = 0
  while (at < times.length && times[at]! >= seconds) at++
  if (at >= keep) return times.length > keep ? times.slice(0, keep) : times
  const longer = [...times.slice(0, at), seconds, ...times.slice(at)]
  return longer.length > keep ? longer.slice(0, keep) : longer
}

// Among events of one second the id decides which is last.
function lastId(state: TimesState, event: FoldedEvent): string {
  const last = state.times[0]
  if (last === undefined || event.seconds > last) return event.id
  if (event.seconds < last) return state.id ?? ''
  return compareText(event.id, state.id ?? '') > 0 ? event.id : (state.id ?? '')
}
