import { endsOf, type Range } from '../condition/prepared-test.ts'
import { FALSE, TRUE, type Truth } from '../condition/truth.ts'
import type { InterestState, ScoreState } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { matchDecaying } from './match-decaying.ts'
import { hasEntry, isAmongTop, rankSchedule } from './rank-schedule.ts'
import { type Matcher, NEVER, stateAt } from './scope.ts'
import type { Decaying } from './strength-at.ts'

/** A decayed sum of points lies in a range. */
export function compileScore({ slot, bucket, range }: LeafOf<'score'>): Matcher {
  const decaying = toDecaying(slot, bucket, range)
  return (scope) => matchDecaying(scope, decaying, 0, stateAt<ScoreState>(scope, slot).buckets)
}

/** The decayed strength of one value of a family lies in a range; 0 for a value nobody heard of. */
export function compileStrength({ slot, bucket, value, range }: LeafOf<'strength'>): Matcher {
  const decaying = toDecaying(slot, bucket, range)
  const ofNothing = decaying.least <= 0 && decaying.greatest >= 0 ? TRUE : FALSE
  return (scope) => {
    const { values } = stateAt<InterestState>(scope, slot)
    const place = placeOf(values, value)
    if (place < 0) return answer(scope, ofNothing, NEVER)
    return matchDecaying(scope, decaying, place, values[place]![1])
  }
}

function toDecaying(slot: number, bucket: number, range: Range): Decaying {
  const [least, greatest] = endsOf(range)
  return { slot, bucket, least, greatest }
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
