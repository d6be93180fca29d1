import { endsOf } from '../condition/prepared-test.ts'
import { FALSE, TRUE, type Truth } from '../condition/truth.ts'
import { WEIGHTS } from '../signal/decay.ts'
import type { Bucket, InterestState, ScoreState } from '../signal/signal.ts'
import { answer, decayingValue } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { hasEntry, isAmongTop, rankSchedule } from './rank-schedule.ts'
import { type Matcher, NEVER, stateAt } from './scope.ts'
import { strengthAt } from './strength-at.ts'

const NOTHING: readonly Bucket[] = []

/** A decayed sum of points lies in a range. */
export function compileScore({ slot, bucket, range }: LeafOf<'score'>): Matcher {
  const [least, greatest] = endsOf(range)
  return (scope) => {
    const { buckets } = stateAt<ScoreState>(scope, slot)
    const valueAt = (border: number) => strengthAt(scope, slot, bucket, 0, buckets, border)
    return decayingValue(scope, valueAt, bucket, endOf(buckets), least, greatest)
  }
}

/** The decayed strength of one value of a family lies in a range; 0 for a value nobody heard of. */
export function compileStrength({ slot, bucket, value, range }: LeafOf<'strength'>): Matcher {
  const [least, greatest] = endsOf(range)
  return (scope) => {
    const { values } = stateAt<InterestState>(scope, slot)
    const place = placeOf(values, value)
    const buckets = place < 0 ? NOTHING : values[place]![1]
    const valueAt = (border: number) =>
      place < 0 ? 0 : strengthAt(scope, slot, bucket, place, buckets, border)
    return decayingValue(scope, valueAt, bucket, endOf(buckets), least, greatest)
  }
}

/** A value is among the strongest of its family; of equal strengths the smaller code point is stronger. */
export function compileTop({ slot, bucket, value, top }: LeafOf<'top'>): Matcher {
  return (scope) => {
    const { values } = stateAt<InterestState>(scope, slot)
    const place = placeOf(values, value)
    if (place < 0) return answer(scope, FALSE, NEVER)
    const schedule = rankSchedule(scope, slot, bucket, values)
    const isIn = isAmongTop(schedule, 0, place, top)
    const truth: Truth = isIn ? TRUE : FALSE
    for (let entry = 1; hasEntry(schedule, entry, values); entry++) {
      if (isAmongTop(schedule, entry, place, top) !== isIn)
        return answer(scope, truth, schedule.borders[entry]! * bucket)
    }
    return answer(scope, truth, NEVER)
  }
}

function placeOf(values: InterestState['values'], value: string): number {
  for (let place = 0; place < values.length; place++) if (values[place]![0] === value) return place
  return -1
}

// The border from which on nothing is left; a bucket of no points never counts.
function endOf(buckets: readonly Bucket[]): number {
  let last = buckets.length - 1
  while (last >= 0 && buckets[last]![1] === 0) last--
  return last < 0 ? 0 : buckets[last]![0] + WEIGHTS.length
}
