import { boundsOf, comparatorOf, compileComparison } from '../condition/comparison.ts'
import type { Since } from '../condition/condition.ts'
import { durationSeconds } from '../condition/duration.ts'
import { FALSE, TRUE, UNKNOWN } from '../condition/truth.ts'
import { sinceSignal } from '../signal/needed-signals.ts'
import type { TimesState } from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { type Matcher, NEVER } from './scope.ts'

/** The time passed since the last or first matching event. */
export function compileSince(condition: Since, { slotOf }: CompileScope): Matcher {
  const slot = slotOf(sinceSignal(condition))
  const passes = compileComparison(condition, durationSeconds)
  const turns = turningPoints(condition)
  const first = condition.which === 'first'
  return (scope) => {
    const state = scope.states[slot] as TimesState
    const event = first ? (state.first ?? state.times.at(-1)) : state.times[0]
    scope.until = NEVER
    if (event === undefined) return UNKNOWN
    const passed = scope.now - event
    const turn = turns.find((seconds) => seconds > passed)
    if (turn !== undefined) scope.until = event + turn
    return passes(passed) ? TRUE : FALSE
  }
}

/** The ages, ascending, at which the answer of a comparison changes. */
function turningPoints(condition: Since): readonly number[] {
  const [bound = 0, upper = bound] = boundsOf(condition, durationSeconds)
  switch (comparatorOf(condition)) {
    case 'atLeast':
    case 'lessThan':
      return [bound]
    case 'atMost':
    case 'moreThan':
      return [bound + 1]
    default:
      return [bound, upper + 1]
  }
}
