import type { Unfinished } from '../condition/condition.ts'
import { durationSeconds } from '../condition/duration.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { compareText } from '../result/compare-text.ts'
import { unfinishedSignals } from '../signal/needed-signals.ts'
import type { TimesState } from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { type Matcher, NEVER } from './scope.ts'

/** The last beginning lies in `(now − within, now − for]` and nothing finished it since. */
export function compileUnfinished(condition: Unfinished, { slotOf }: CompileScope): Matcher {
  const [begunSlot, finishedSlot] = unfinishedSignals(condition).map(slotOf) as [number, number]
  const wait = durationSeconds(condition.for)
  const window = durationSeconds(condition.within)
  return (scope) => {
    const begun = scope.states[begunSlot] as TimesState
    const last = begun.times[0]
    scope.until = NEVER
    if (last === undefined || isLater(scope.states[finishedSlot] as TimesState, begun)) return FALSE
    if (last <= scope.now - window) return FALSE
    const waited = last <= scope.now - wait
    scope.until = last + (waited ? window : wait)
    return waited ? TRUE : FALSE
  }
}

function isLater(finished: TimesState, begun: TimesState): boolean {
  const difference = (finished.times[0] ?? Number.NEGATIVE_INFINITY) - begun.times[0]!
  return difference !== 0 ? difference > 0 : compareText(finished.id ?? '', begun.id ?? '') > 0
}
