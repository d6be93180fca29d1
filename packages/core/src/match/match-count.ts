import { endsOf } from '../condition/prepared-test.ts'
import { FALSE, TRUE, UNKNOWN } from '../condition/truth.ts'
import type { DistinctState, TimesState, TotalState } from '../signal/signal.ts'
import { answer, countInWindow } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { type Matcher, NEVER, stateAt } from './scope.ts'

const itself = (time: number): number => time
const lastOf = (entry: DistinctState['values'][number]): number => entry[1]

/** How often an event happened, exactly, ever or in a window. */
export function compileCount({ slot, within, range }: LeafOf<'count'>): Matcher {
  const [least, greatest] = endsOf(range)
  const window = within ?? NEVER
  return (scope) => {
    const { times } = stateAt<TimesState>(scope, slot)
    return countInWindow(scope, times, itself, window, least, greatest)
  }
}

/** How many different values a property had, ever or in a window. */
export function compileDistinct({ slot, within, range }: LeafOf<'distinct'>): Matcher {
  const [least, greatest] = endsOf(range)
  const window = within ?? NEVER
  return (scope) => {
    const { values } = stateAt<DistinctState>(scope, slot)
    return countInWindow(scope, values, lastOf, window, least, greatest)
  }
}

/** A count or an aggregate of everything that ever happened; the least or greatest of nothing is unknown. */
export function compileTotal({ slot, range }: LeafOf<'total'>): Matcher {
  const [least, greatest] = endsOf(range)
  return (scope) => {
    const { total } = stateAt<TotalState>(scope, slot)
    if (total === null) return answer(scope, UNKNOWN, NEVER)
    return answer(scope, total >= least && total <= greatest ? TRUE : FALSE, NEVER)
  }
}
