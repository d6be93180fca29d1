import { compileComparison } from '../condition/comparison.ts'
import type { Count } from '../condition/condition.ts'
import { durationSeconds } from '../condition/duration.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { countSignal, RING_BUCKETS } from '../signal/needed-signals.ts'
import type { Bucket, RingState, TimesState, TotalState } from '../signal/signal.ts'
import type { CompileScope } from './compile-scope.ts'
import { countHorizon } from './horizon.ts'
import { type Matcher, NEVER } from './scope.ts'

/** How often an event happened, ever or in a window. */
export function compileCount(condition: Count, { slotOf }: CompileScope): Matcher {
  const signal = countSignal(condition)
  const slot = slotOf(signal)
  const passes = compileComparison(condition, Number)
  if (signal.kind === 'ring') return ringMatcher(slot, signal.bucket, passes)
  if (condition.within !== undefined) return windowMatcher(slot, durationSeconds(condition.within), passes)
  return (scope) => {
    const state = scope.states[slot] as TimesState | TotalState
    scope.until = NEVER
    return passes('times' in state ? state.times.length : state.total) ? TRUE : FALSE
  }
}

function windowMatcher(slot: number, window: number, passes: (count: number) => boolean): Matcher {
  return (scope) => {
    const { times } = scope.states[slot] as TimesState
    const leaving: number[] = []
    for (const time of times) if (time > scope.now - window) leaving.push(time + window)
    scope.until = countHorizon(leaving, passes)
    return passes(leaving.length) ? TRUE : FALSE
  }
}

function ringMatcher(slot: number, bucket: number, passes: (count: number) => boolean): Matcher {
  return (scope) => {
    const { buckets } = scope.states[slot] as RingState
    const oldest = Math.floor(scope.now / bucket) - RING_BUCKETS
    const counted = buckets.filter(([index]) => index > oldest)
    let total = sum(counted)
    const truth = passes(total)
    scope.until = NEVER
    for (const [index, count] of counted) {
      total -= count
      if (passes(total) === truth) continue
      scope.until = (index + RING_BUCKETS) * bucket
      break
    }
    return truth ? TRUE : FALSE
  }
}

function sum(buckets: readonly Bucket[]): number {
  return buckets.reduce((total, [, count]) => total + count, 0)
}
