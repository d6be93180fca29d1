import { endsOf } from '../condition/prepared-test.ts'
import { FALSE, TRUE, UNKNOWN } from '../condition/truth.ts'
import { compareText } from '../result/compare-text.ts'
import type { TimesState } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { type Matcher, NEVER, stateAt } from './scope.ts'

/** It did not happen in the window, and the visitor was observed for all of it. */
export function compileAbsent({ slot, within }: LeafOf<'absent'>): Matcher {
  return (scope) => {
    const { times, since } = stateAt<TimesState>(scope, slot)
    const start = scope.now - within
    const last = times[0]
    if (last !== undefined && last > start) return answer(scope, FALSE, last + within)
    const { firstSeen } = scope.profile
    if (firstSeen === null) return answer(scope, UNKNOWN, NEVER)
    const observed = Math.max(firstSeen, since ?? firstSeen)
    return observed <= start ? answer(scope, TRUE, NEVER) : answer(scope, UNKNOWN, observed + within)
  }
}

/** The time passed since the last or first matching event. */
export function compileSince({ slot, first, range }: LeafOf<'since'>): Matcher {
  const [least, greatest] = endsOf(range)
  return (scope) => {
    const state = stateAt<TimesState>(scope, slot)
    const event = first ? (state.first ?? state.times.at(-1)) : state.times[0]
    if (event === undefined) return answer(scope, UNKNOWN, NEVER)
    const passed = scope.now - event
    // Watched only since later, an earlier first may have gone unheard: at least so much has passed.
    if (first && state.since !== undefined && state.since <= event && passed <= greatest) {
      const isSure = greatest === NEVER && passed >= least
      return answer(
        scope,
        isSure ? TRUE : UNKNOWN,
        isSure ? NEVER : event + (greatest === NEVER ? least : greatest + 1),
      )
    }
    if (passed < least) return answer(scope, FALSE, event + least)
    return passed <= greatest ? answer(scope, TRUE, event + greatest + 1) : answer(scope, FALSE, NEVER)
  }
}

/** The last beginning lies in `(now − within, now − for]` and nothing finished it since. */
export function compileUnfinished({ begun, finished, wait, within }: LeafOf<'unfinished'>): Matcher {
  return (scope) => {
    const start = stateAt<TimesState>(scope, begun)
    const last = start.times[0]
    if (last === undefined || last <= scope.now - within) return answer(scope, FALSE, NEVER)
    const end = stateAt<TimesState>(scope, finished)
    const finish = end.times[0]
    const isFinished =
      finish !== undefined && (finish > last || (finish === last && isLater(end.id, start.id)))
    if (isFinished) return answer(scope, FALSE, NEVER)
    if (last > scope.now - wait) return answer(scope, FALSE, last + wait)
    // A new ruleset may ask for what was not kept: then nobody knows which of one second came last …
    const isEven = finish === last && (end.id === undefined || start.id === undefined)
    // … or whether what finishes it went unheard, before it was watched.
    const isUnheard = finish !== last && end.since !== undefined && end.since >= last
    return answer(scope, isEven || isUnheard ? UNKNOWN : TRUE, last + within)
  }
}

function isLater(id: string | undefined, other: string | undefined): boolean {
  return id !== undefined && other !== undefined && compareText(id, other) > 0
}
