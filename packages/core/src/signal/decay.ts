import type { Gathering } from './buckets.ts'
import type { Bucket } from './signal.ts'

/** So many buckets old, a bucket still weighs something. */
const SPAN = 64

/**
 * W[k] = floor(10^6 × 2^(−k/8) + 0.5) for k = 0…63: what a bucket k buckets old weighs, in millionths. Made of square roots,
 * products and halves, which IEEE 754 has every host round alike: none computes a power.
 */
export const WEIGHTS: readonly number[] = /* @__PURE__ */ makeWeights()

/** A bucket saturates at this many hundredths of a point. */
export const MAX_BUCKET = 100_000_000

/** How points gather in buckets; past the last weight they are nothing. */
export const POINTS: Gathering = {
  span: SPAN,
  join: (held = 0, amount) => Math.min(held + amount, MAX_BUCKET),
}

/** The decayed strength of buckets at the bucket `at`, a whole number of 10^-8 points. */
export function decayedStrength(buckets: readonly Bucket[], at: number): number {
  let strength = 0
  for (let place = buckets.length - 1; place >= 0; place--) {
    const [index, hundredths] = buckets[place]!
    strength += hundredths * (WEIGHTS[at - index] ?? 0)
  }
  return strength
}

function makeWeights(): readonly number[] {
  const step = Math.sqrt(Math.sqrt(Math.SQRT1_2))
  let weight = 0
  return Array.from({ length: SPAN }, (_, k) => {
    // Every eighth is a half of a half exactly; 7,812.5 among them has to be.
    weight = k % 8 === 0 ? 1e6 / (1 << (k / 8)) : weight * step
    return Math.floor(weight + 0.5)
  })
}
