import { decayedStrength, WEIGHTS } from '../signal/decay.ts'
import type { Bucket } from '../signal/signal.ts'
import type { KnownStrengths, Scope } from './scope.ts'

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

/** The decayed strength of the value at a place of a family (0 for a score) at a border, worked out once a question. */
export function strengthAt(
  scope: Scope,
  { slot, bucket }: Decaying,
  place: number,
  buckets: readonly Bucket[],
  border: number,
): number {
  const row = border - Math.floor(scope.now / bucket)
  if (row >= BORDERS || place >= VALUES) return decayedStrength(buckets, border)
  let known = scope.strengths[slot]
  if (known === undefined) {
    known = createKnown()
    scope.strengths[slot] = known
  }
  const at = row * VALUES + place
  if (known.turns[at] === scope.turn) return known.strengths[at]!
  const strength = decayedStrength(buckets, border)
  known.turns[at] = scope.turn
  known.strengths[at] = strength
  return strength
}

function createKnown(): KnownStrengths {
  return { turns: new Float64Array(VALUES * BORDERS), strengths: new Float64Array(VALUES * BORDERS) }
}
