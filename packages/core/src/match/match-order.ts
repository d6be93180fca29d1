import { endsOf } from '../condition/prepared-test.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { periodOf, periodStart } from '../signal/period.ts'
import type { ChainState, PeriodsState } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { type Matcher, NEVER, stateAt } from './scope.ts'

/** The furthest step whose chain ended in the window lies in a range; 0 when there is none. */
export function compileChain({ slot, within, steps, range }: LeafOf<'chain'>): Matcher {
  const [least, greatest] = endsOf(range)
  const window = within ?? NEVER
  const passes = (step: number) => step >= least && step <= greatest
  return (scope) => {
    const { chains } = stateAt<ChainState>(scope, slot)
    let step = furthest(chains, steps, scope.now - window)
    const truth = passes(step)
    let until = NEVER
    while (step > 0) {
      const end = chains[step - 1]![1]
      step = furthest(chains, step - 1, end)
      if (passes(step) === truth) continue
      until = end + window
      break
    }
    return answer(scope, truth ? TRUE : FALSE, until)
  }
}

function furthest(chains: ChainState['chains'], from: number, after: number): number {
  let step = from
  while (step > 0 && (chains[step - 1]?.[1] ?? -NEVER) <= after) step--
  return step
}

/** Active in at least so many of the last periods, the current one included. */
export function compilePeriods({ slot, period, least, of }: LeafOf<'periods'>): Matcher {
  return (scope) => {
    const { periods } = stateAt<PeriodsState>(scope, slot)
    const decisive = periods[least - 1]
    // Periods leave one after another: the answer turns when the one at the least place does.
    if (decisive === undefined || decisive <= periodOf(period, scope.now) - of)
      return answer(scope, FALSE, NEVER)
    return answer(scope, TRUE, periodStart(period, decisive + of))
  }
}
