import { compareText } from '../result/compare-text.ts'
import type { Fold, Mutable } from './fold.ts'
import type { FoldedEvent } from './folded-event.ts'
import type { TimesSignal, TimesState } from './signal.ts'

interface Work {
  readonly times: number[]
  first: number | undefined
  id: string | undefined
  readonly since: number | undefined
}

/** Keeps the newest times; equal times of different events stand side by side. */
export function foldTimes(signal: TimesSignal): Fold<TimesState, Work> {
  return {
    open: ({ times, first, id, since }) => ({ times: times.slice(0, signal.keep), first, id, since }),
    add: (work, event) => {
      const { seconds } = event
      if (signal.first) work.first = Math.min(work.first ?? work.times.at(-1) ?? seconds, seconds)
      if (signal.id) work.id = lastId(work, event)
      insertNewest(work.times, seconds, signal.keep)
    },
    close: ({ times, first, id, since }) => {
      const state: Mutable<TimesState> = { times }
      if (first !== undefined) state.first = first
      if (id !== undefined) state.id = id
      if (since !== undefined) state.since = since
      return state
    },
  }
}

function insertNewest(times: number[], seconds: number, keep: number): void {
  let at = 0
  while (at < times.length && times[at]! > seconds) at++
  if (at >= keep) return
  if (times.length === keep) times.pop()
  if (at === 0) times.unshift(seconds)
  else times.splice(at, 0, seconds)
}

// Among events of one second the id decides which is last; one that was not kept stays unknown.
function lastId({ times, id }: Work, event: FoldedEvent): string | undefined {
  const last = times[0]
  if (last === undefined || event.newest || event.seconds > last) return event.id
  if (event.seconds < last || id === undefined) return id
  return compareText(event.id, id) > 0 ? event.id : id
}
