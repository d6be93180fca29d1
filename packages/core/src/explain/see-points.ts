import type { InterestStrength, InterestTop, ScorePercentile, ScoreValue } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import type { Json } from '../result/json.ts'
import { decayedStrength } from '../signal/decay.ts'
import type { InterestSignal, InterestState, ScoreSignal, ScoreState } from '../signal/signal.ts'
import type { SeenSignal } from './seen-signal.ts'

// Strengths are kept in 10^-8 points.
const POINT = 100_000_000
// So many of the strongest values are shown, and as many as are asked for.
const SHOWN = 5

/** A score's points, and where the condition asks for it, their place in the table of percentiles. */
export function seeScore(
  condition: ScoreValue | ScorePercentile,
  { signal, state }: SeenSignal,
  { scores }: Definitions,
  now: number,
): Json {
  // A score's signal is one, and its state is of its kind.
  const { bucket } = signal as ScoreSignal
  const points = decayedStrength((state as ScoreState).buckets, Math.floor(now / bucket)) / POINT
  if (!('percentile' in condition)) return points
  const table = scores[condition.score]?.percentiles ?? []
  return {
    points,
    percentile: Math.max(
      0,
      table.findLastIndex((cut) => cut <= points),
    ),
  }
}

/** Points of an interest family's strongest values, strongest first, and of the one asked for. */
export function seeInterest(
  condition: InterestTop | InterestStrength,
  { signal, state }: SeenSignal,
  now: number,
): Json {
  const asked = 'top' in condition ? condition.is : condition.value
  const shown = 'top' in condition ? Math.max(SHOWN, condition.top + 1) : SHOWN
  const at = Math.floor(now / (signal as InterestSignal).bucket)
  // Values stand in the order of code points, which decides ties; the sort keeps it.
  const strengths = (state as InterestState).values
    .map(([value, buckets]) => [value, decayedStrength(buckets, at) / POINT] as const)
    .sort((a, b) => b[1] - a[1])
  return strengths
    .filter(([value], place) => place < shown || value === asked)
    .map(([value, points]) => ({ value, points }))
}
