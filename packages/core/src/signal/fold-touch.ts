import { contextReader } from '../context/context-path.ts'
import { compareText } from '../result/compare-text.ts'
import type { Fold, Mutable } from './fold.ts'
import type { Touched, TouchSignal, TouchState } from './signal.ts'

interface Work {
  first: Touched | undefined
  last: Touched | undefined
  readonly since: number | undefined
}

/** Keeps the value of a context path in the first and the last event that carried one; only text that is not empty is a value. */
export function foldTouch({ of }: TouchSignal): Fold<TouchState, Work> {
  const read = contextReader(of)
  return {
    open: ({ first, last, since }) => ({ first, last, since }),
    add: (work, { context, seconds, id }) => {
      const value = context === undefined ? undefined : read(context)
      if (typeof value !== 'string' || value === '') return
      const touched: Touched = { value, seconds, id }
      if (work.first === undefined || compareTouched(touched, work.first) < 0) work.first = touched
      if (work.last === undefined || compareTouched(touched, work.last) > 0) work.last = touched
    },
    close: ({ first, last, since }) => {
      const state: Mutable<TouchState> = {}
      if (first !== undefined) state.first = first
      if (last !== undefined) state.last = last
      if (since !== undefined) state.since = since
      return state
    },
  }
}

/** Which of two events came first in the order. */
export function compareTouched(a: Touched, b: Touched): number {
  return a.seconds - b.seconds || compareText(a.id, b.id)
}
