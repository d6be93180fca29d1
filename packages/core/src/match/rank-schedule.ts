import { decayedStrength, WEIGHTS } from '../signal/decay.ts'
import type { InterestState } from '../signal/signal.ts'
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
    losing: new Float64Array(VALUES),
    oldest: new Int32Array(VALUES),
  }
}

function addEntry(schedule: RankSchedule, values: Values, border: number): void {
  const { order, strengths, ranks } = schedule
  const entry = schedule.length++
  schedule.borders[entry] = border
  for (let place = 0; place < values.length; place++)
    strengths[place] = decayedStrength(values[place]![1], border)
  sortOrder(order, strengths, values.length)
  for (let rank = 0; rank < values.length; rank++) {
    const place = order[rank]!
    ranks[entry * VALUES + place] = strengths[place] === 0 ? NO_RANK : rank
  }
  if (strengths[order[0]!] === 0 || values.length === 0) schedule.isComplete = true
}

// Nearly in order already. Values ascend by code point, so of equal strengths the smaller place stands first.
function sortOrder(order: Int8Array, strengths: Float64Array, length: number): void {
  for (let at = 1; at < length; at++) {
    const place = order[at]!
    const strength = strengths[place]!
    let to = at
    for (; to > 0; to--) {
      const before = order[to - 1]!
      const its = strengths[before]!
      if (its > strength || (its === strength && before < place)) break
      order[to] = before
    }
    order[to] = place
  }
}

/**
 * For how many borders after this one no value can pass its neighbour in the order. All strengths fade alike, to a
 * two-thousandth (the rounding of the weights), except for what falls off behind the last weight.
 */
function settledBorders(
  { order, strengths, losing, oldest }: RankSchedule,
  values: Values,
  border: number,
): number {
  losing.fill(0)
  oldest.fill(0)
  for (let ahead = 1; ; ahead++) {
    for (let rank = 0; rank < values.length; rank++) {
      const place = order[rank]!
      const strength = strengths[place]!
      if (strength === 0) break
      const kept = strength - fallingOff(values[place]![1], place, border, ahead, losing, oldest)
      const next = rank + 1 < values.length ? strengths[order[rank + 1]!]! : 0
      if (kept * 1000 <= next * 1001) return ahead - 1
    }
  }
}

// Adds up, in its strength at this border, what is gone after so many more.
function fallingOff(
  buckets: Values[number][1],
  place: number,
  border: number,
  ahead: number,
  losing: Float64Array,
  oldest: Int32Array,
): number {
  while (oldest[place]! < buckets.length) {
    const [index, hundredths] = buckets[oldest[place]!]!
    const age = border - index
    if (age + ahead < WEIGHTS.length) break
    losing[place]! += hundredths * (WEIGHTS[age] ?? 0)
    oldest[place]!++
  }
  return losing[place]!
}
