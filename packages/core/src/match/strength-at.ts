import { decayedStrength, WEIGHTS } from '../signal/decay.ts'
import type { Bucket } from '../signal/signal.ts'
import type { KnownStrengths, Scope } from './scope.ts'

// Values of a family, and borders from now on at which something is left.
const VALUES = 64
const BORDERS = WEIGHTS.length + 1

/** The decayed strength of the value at a place of a family (0 for a score) at a border, worked out once a question. */
export function strengthAt(
  scope: Scope,
  slot: number,
  bucket: number,
  place: number,
  buckets: readonly Bucket[],
  border: number,
): number {
  const row = border - Math.floor(scope.now / bucket)
  if (row >= BORDERS || place >= VALUES) return decayedStrength(buckets, border)
  const { strengths } = knownStrengths(scope, slot)
  const known = strengths[row * VALUES + place]!
  if (known >= 0) return known
  const strength = decayedStrength(buckets, border)
  strengths[row * VALUES + place] = strength
  return strength
}

function knownStrengths(scope: Scope, slot: number): KnownStrengths {
  let known = scope.strengths[slot]
  if (known === undefined) {
    known = { turn: 0, strengths: new Float64Array(VALUES * BORDERS) }
    scope.strengths[slot] = known
  }
  if (known.turn !== scope.turn) {
    known.turn = scope.turn
    known.strengths.fill(-1)
  }
  return known
}
