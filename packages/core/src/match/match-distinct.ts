import { compileComparison } from '../condition/comparison.ts'
import type { Distinct } from '../condition/condition.ts'
import { durationSeconds } from '../condition/duration.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { distinctSignal } from '../signal/needed-signals.ts'
import type { DistinctState } from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { countHorizon } from './horizon.ts'
import { type Matcher, NEVER } from './scope.ts'

/** How many different values a property had, ever or in a window. */
export function compileDistinct(condition: Distinct, { slotOf }: CompileScope): Matcher {
  const slot = slotOf(distinctSignal(condition))
  const passes = compileComparison(condition, Number)
  const window = condition.within === undefined ? NEVER : durationSeconds(condition.within)
  return (scope) => {
    const { values } = scope.states[slot] as DistinctState
    const leaving: number[] = []
    for (const [, last] of values) if (last > scope.now - window) leaving.push(last + window)
    scope.until = countHorizon(leaving, passes)
    return passes(leaving.length) ? TRUE : FALSE
  }
}
