import { median, robustDeviation } from './robust.ts'

/** So many of so many. */
export interface Share {
  readonly hits: number
  readonly of: number
}

/** How a window's share stands to those before it. */
export interface ShareJudgement {
  /** The share that windows usually have, 0 to 1. */
  readonly expected: number
  readonly seen: number
  /** How many usual deviations it lies above; below, negative. */
  readonly deviations: number
}

// Of fewer events a share says nothing.
const LEAST_EVENTS = 20
const LEAST_WINDOWS = 24

/**
 * Judges a share by the windows before it: expected is their median; the noise is that of a binomial share with Laplace's correction, and
 * on top of it how far the windows lay apart, by the median absolute deviation. `undefined` until 24 windows had 20 events.
 */
export function judgeShare(history: readonly Share[], now: Share): ShareJudgement | undefined {
  if (now.of < LEAST_EVENTS) return undefined
  const shares = history.filter((share) => share.of >= LEAST_EVENTS).map((share) => share.hits / share.of)
  if (shares.length < LEAST_WINDOWS) return undefined
  const expected = median(shares)
  const guess = (expected * now.of + 1) / (now.of + 2)
  const noise = Math.hypot(Math.sqrt((guess * (1 - guess)) / now.of), robustDeviation(shares, expected))
  const seen = now.hits / now.of
  return { expected, seen, deviations: (seen - expected) / noise }
}
