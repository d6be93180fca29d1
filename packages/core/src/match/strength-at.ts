import { decayedStrength, WEIGHTS } from '../signal/decay.ts'
import type { Bucket } from '../signal/signal.ts'
import type { Scope } from './scope.ts'

// Values of a family, and borders from now on at which something is left.
const VALUES = 64
const BORDERS = WEIGHTS.length + 1

/** A score or a value of a family and the range that is asked for. */
export interface Decaying {
  readonly slot: number
  /** Seconds from border to border. */
  readonly bucket: number
  /** In 10^-8 points. */
  readonly least: number
  readonly greatest: number
}

/**
 * The decayed strength of the value at a place of a family (0 for a score) at the border that lies `row` behind `now`, worked out once
 * a question.
 */
export function strengthAt(
  scope: Scope,
  slot: number,
  place: number,
  buckets: readonly Bucket[],
  now: number,
  row: number,
): number {
  // A preview may ask about a time before the newest event.
  if (row >= BORDERS) return decayedStrength(buckets, now + row)
  scope.strengths[slot] ??= new Float64Array(2 * VALUES * BORDERS)
  const known = scope.strengths[slot]
  const at = 2 * (row * VALUES + place)
  if (known[at] !== scope.turn) {
    known[at] = scope.turn
    known[at + 1] = decayedStrength(buckets, now + row)
  }
  return known[at + 1]!
}
