import { decayedStrength, WEIGHTS } from '../signal/decay.ts'
import type { Bucket, InterestState } from '../signal/signal.ts'
import type { RankSchedule, Scope } from './scope.ts'

type Values = InterestState['values']

/** The rank of a value that has no strength left. */
const NO_RANK = 127
const VALUES = 64
// From now until everything has faded.
const BORDERS = WEIGHTS.length + 1

/** The schedule of the family in a slot for the question at hand; its first entry is now. */
export function rankSchedule(scope: Scope, slot: number, bucket: number, values: Values): RankSchedule {
  const schedule = scope.ranks[slot] ?? createSchedule()
  scope.ranks[slot] = schedule
  if (schedule.turn === scope.turn) return schedule
  schedule.turn = scope.turn
  schedule.length = 0
  schedule.isComplete = false
  for (let place = 0; place < values.length; place++) schedule.order[place] = place
  addEntry(schedule, values, Math.floor(scope.now / bucket))
  return schedule
}

/** Tells whether a value is among the strongest `top` at an entry. */
export function isAmongTop({ ranks }: RankSchedule, entry: number, place: number, top: number): boolean {
  return ranks[entry * VALUES + place]! < top
}

/** Tells whether there is such an entry, drawing the schedule up as far. */
export function hasEntry(schedule: RankSchedule, entry: number, values: Values): boolean {
  while (entry >= schedule.length && !schedule.isComplete) {
    const border = schedule.borders[schedule.length - 1]!
    const next = border + settledBorders(schedule, values, border) + 1
    if (next - schedule.borders[0]! >= BORDERS) schedule.isComplete = true
    else addEntry(schedule, values, next)
  }
  return entry < schedule.length
}

function createSchedule(): RankSchedule {
  return {
    turn: 0,
    length: 0,
    isComplete: false,
    borders: new Float64Array(BORDERS),
    ranks: new Int8Array(BORDERS * VALUES),
    order: new Int8Array(VALUES),
    strengths: new Float64Array(VALUES),
  }
}

function addEntry(schedule: RankSchedule, values: Values, border: number): void {
  const { order, strengths, ranks } = schedule
  const entry = schedule.length++
  schedule.borders[entry] = border
  for (let place = 0; place < values.length; place++)
    strengths[place] = decayedStrength(values[place]![1], border)
  // Values ascend by code point, so of equal strengths the smaller place stands first.
  order.subarray(0, values.length).sort((a, b) => strengths[b]! - strengths[a]! || a - b)
  for (let rank = 0; rank < values.length; rank++) {
    const place = order[rank]!
    ranks[entry * VALUES + place] = strengths[place] === 0 ? NO_RANK : rank
  }
  if (strengths[order[0]!] === 0 || values.length === 0) schedule.isComplete = true
}

/**
 * For how many borders after this one no value can pass its neighbour in the order. All strengths fade alike, to a
 * two-thousandth (the rounding of the weights), except for what falls off behind the last weight.
 */
function settledBorders({ order, strengths }: RankSchedule, values: Values, border: number): number {
  let settled = WEIGHTS.length
  for (let rank = 0; rank < values.length && settled > 0; rank++) {
    const place = order[rank]!
    const strength = strengths[place]!
    if (strength === 0) break
    const next = rank + 1 < values.length ? strengths[order[rank + 1]!]! : 0
    settled = Math.min(settled, settledAbove(values[place]![1], border, strength, next))
  }
  return settled
}

// For how many borders a value stays above its neighbour, whatever of it falls off, oldest first.
function settledAbove(buckets: readonly Bucket[], border: number, strength: number, next: number): number {
  let kept = strength
  if (kept * 1000 <= next * 1001) return 0
  for (const [index, hundredths] of buckets) {
    const age = border - index
    kept -= hundredths * (WEIGHTS[age] ?? 0)
    if (kept * 1000 <= next * 1001) return Math.max(0, WEIGHTS.length - 1 - age)
  }
  return WEIGHTS.length
}
