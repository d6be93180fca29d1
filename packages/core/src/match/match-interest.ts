import { compileComparison } from '../condition/comparison.ts'
import type { InterestStrength, InterestTop } from '../condition/condition.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { decayedStrength, WEIGHTS } from '../signal/decay.ts'
import { interestSignal } from '../signal/needed-signals.ts'
import type { InterestState } from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { type Matcher, NEVER } from './scope.ts'

type Values = InterestState['values']

/** A value is among the strongest of its family, or its decayed strength passes. */
export function compileInterest(
  condition: InterestTop | InterestStrength,
  { definitions, slotOf }: CompileScope,
): Matcher {
  const signal = interestSignal(definitions.interests[condition.interest]!)
  const slot = slotOf(signal)
  const passes = 'top' in condition ? isAmongTop(condition) : isStrong(condition)
  return (scope) => {
    const { values } = scope.states[slot] as InterestState
    const at = Math.floor(scope.now / signal.bucket)
    const truth = passes(values, at)
    scope.until = changeAfter(values, at, truth, passes) * signal.bucket
    return truth ? TRUE : FALSE
  }
}

// A bound in points, at most four decimals, as 10^-8 points.
function toStrength(points: number): number {
  return Math.round(points * 10_000) * 10_000
}

function isStrong(condition: InterestStrength): (values: Values, at: number) => boolean {
  const passes = compileComparison(condition, toStrength)
  return (values, at) => {
    const buckets = values.find(([value]) => value === condition.value)?.[1] ?? []
    return passes(decayedStrength(buckets, at))
  }
}

// Values ascend by code point, so of equal strengths those before it are stronger.
function isAmongTop({ is, top }: InterestTop): (values: Values, at: number) => boolean {
  return (values, at) => {
    const place = values.findIndex(([value]) => value === is)
    if (place < 0) return false
    const strength = decayedStrength(values[place]![1], at)
    if (strength === 0) return false
    let stronger = 0
    values.forEach(([, buckets], other) => {
      if (other === place) return
      const rival = decayedStrength(buckets, at)
      if (rival > strength || (rival === strength && other < place)) stronger++
    })
    return stronger < top
  }
}

// Strengths change only at bucket borders, and past the last weight they are all nothing.
function changeAfter(
  values: Values,
  at: number,
  truth: boolean,
  passes: (values: Values, at: number) => boolean,
): number {
  const newest = Math.max(...values.map(([, buckets]) => buckets.at(-1)?.[0] ?? NEVER * -1))
  for (let border = at + 1; border <= newest + WEIGHTS.length; border++) {
    if (passes(values, border) !== truth) return border
  }
  return NEVER
}
