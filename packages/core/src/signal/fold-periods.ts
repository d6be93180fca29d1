import type { Fold, Mutable } from './fold.ts'
import { MAX_PERIODS, periodOf } from './period.ts'
import type { PeriodsSignal, PeriodsState } from './signal.ts'

interface Work {
  readonly periods: number[]
  readonly since: number | undefined
}

/** Notes the periods in which events happened. */
export function foldPeriods({ period }: PeriodsSignal): Fold<PeriodsState, Work> {
  return {
    open: ({ periods, since }) => ({ periods: [...periods], since }),
    add: ({ periods }, event) => notePeriod(periods, periodOf(period, event.seconds)),
    close: ({ periods, since }) => {
      const state: Mutable<PeriodsState> = { periods }
      if (since !== undefined) state.since = since
      return state
    },
  }
}

/** Notes a period in place, newest first; those too far behind the newest are dropped. */
export function notePeriod(periods: number[], index: number): void {
  let at = 0
  while (at < periods.length && periods[at]! > index) at++
  if (periods[at] === index) return
  periods.splice(at, 0, index)
  while (periods.at(-1)! <= periods[0]! - MAX_PERIODS) periods.pop()
}
