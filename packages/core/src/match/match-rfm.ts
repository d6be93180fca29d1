import { FALSE, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import type { TimesState } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { compileSince } from './match-last.ts'
import { compileRing } from './match-ring.ts'
import { type Matcher, NEVER, stateAt } from './scope.ts'

/** Every named band passes; unknown with no event in the window. */
export function compileRfm({ last, within, bucket, recency, frequency, monetary }: LeafOf<'rfm'>): Matcher {
  const bands: Matcher[] = []
  if (recency !== undefined) bands.push(compileSince({ op: 'since', slot: last, range: recency }))
  if (frequency !== undefined) bands.push(compileRing({ op: 'ring', bucket, ...frequency }))
  if (monetary !== undefined) bands.push(compileRing({ op: 'ring', bucket, take: 'sum', ...monetary }))
  return (scope) => {
    const time = stateAt<TimesState>(scope, last).times[0]
    if (time === undefined || time <= scope.now - within) return answer(scope, UNKNOWN, NEVER)
    let truth: Truth = TRUE
    let until = time + within
    for (const band of bands) {
      if (band(scope) !== TRUE) truth = FALSE
      if (scope.until < until) until = scope.until
    }
    return answer(scope, truth, until)
  }
}
