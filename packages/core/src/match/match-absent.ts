import type { Absent } from '../condition/condition.ts'
import { durationSeconds } from '../condition/duration.ts'
import { FALSE, TRUE, UNKNOWN } from '../condition/truth.ts'
import { timesSignal } from '../signal/needed-signals.ts'
import type { TimesState } from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { type Matcher, NEVER } from './scope.ts'

/** It did not happen in the window, and the visitor was observed for all of it. */
export function compileAbsent(condition: Absent, { slotOf }: CompileScope): Matcher {
  const slot = slotOf(timesSignal(condition.absent, condition.where, 1))
  const window = durationSeconds(condition.within)
  return (scope) => {
    const { times, since } = scope.states[slot] as TimesState
    const last = times[0]
    if (last !== undefined && last > scope.now - window) {
      scope.until = last + window
      return FALSE
    }
    scope.until = NEVER
    if (scope.firstSeen === null) return UNKNOWN
    const observed = Math.max(scope.firstSeen, since ?? scope.firstSeen)
    if (observed <= scope.now - window) return TRUE
    scope.until = observed + window
    return UNKNOWN
  }
}
