import { compileComparison } from '../condition/comparison.ts'
import type { InterestStrength, InterestTop } from '../condition/condition.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { decayedStrength, WEIGHTS } from '../signal/decay.ts'
import { interestSignal } from '../signal/needed-signals.ts'
import type { InterestState } from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { type Matcher, NEVER, type Scope } from './scope.ts'

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
    const now = Math.floor(scope.now / signal.bucket)
    const rowAt = rowsOf(scope, slot, values, now)
    const truth = passes(values, rowAt(now))
    scope.until = NEVER
    const end = lastBucket(values) + WEIGHTS.length
    // Strengths change only at bucket borders, and past the last weight they are all nothing.
    for (let border = now + 1; border <= end; border++) {
      if (passes(values, rowAt(border)) === truth) continue
      scope.until = border * signal.bucket
      break
    }
    return truth ? TRUE : FALSE
  }
}

// Every condition on a family looks at the same strengths: they are worked out once a request.
function rowsOf(
  { strengths }: Scope,
  slot: number,
  values: InterestState['values'],
  now: number,
): (at: number) => readonly number[] {
  const rows = strengths[slot] ?? []
  strengths[slot] = rows
  return (at) => {
    const row = rows[at - now] ?? values.map(([, buckets]) => decayedStrength(buckets, at))
    rows[at - now] = row
    return row
  }
}

/** Tells whether the strengths of a family's values pass. */
type Passes = (values: InterestState['values'], strengths: readonly number[]) => boolean

// A bound in points, at most four decimals, as 10^-8 points.
function toStrength(points: number): number {
  return Math.round(points * 10_000) * 10_000
}

function isStrong(condition: InterestStrength): Passes {
  const passes = compileComparison(condition, toStrength)
  return (values, strengths) =>
    passes(strengths[values.findIndex(([value]) => value === condition.value)] ?? 0)
}

// Values ascend by code point, so of equal strengths those before it are stronger.
function isAmongTop({ is, top }: InterestTop): Passes {
  return (values, strengths) => {
    const place = values.findIndex(([value]) => value === is)
    const strength = strengths[place] ?? 0
    if (strength === 0) return false
    let stronger = 0
    for (let other = 0; other < strengths.length; other++) {
      if (strengths[other]! > strength || (strengths[other] === strength && other < place)) stronger++
    }
    return stronger < top
  }
}

function lastBucket(values: InterestState['values']): number {
  return values.reduce((last, [, buckets]) => Math.max(last, buckets.at(-1)?.[0] ?? last), -NEVER)
}
