import { type Finding, OUT } from './finding.ts'
import { judgeVolume } from './judge-volume.ts'

// Less than a quarter up or down is nothing to be called for, however steady the site.
const LEAST_CHANGE = 0.25
// Where so few are expected, none is nothing unusual.
const LEAST_EXPECTED = 10

/** Finds whether a window had too few or too many of an event. `perDay`: windows a day. */
export function findVolume(
  event: string,
  history: readonly number[],
  seen: number,
  perDay: number,
): readonly Finding[] {
  const judged = judgeVolume(history, seen, perDay)
  if (judged === undefined || Math.abs(judged.deviations) < OUT) return []
  const { expected, deviations, ratio } = judged
  if (ratio < 1 - LEAST_CHANGE && expected >= LEAST_EXPECTED) {
    return [{ kind: 'volume-drop', event, expected, seen, deviations: -deviations }]
  }
  if (ratio > 1 + LEAST_CHANGE && seen >= LEAST_EXPECTED) {
    return [{ kind: 'volume-spike', event, expected, seen, deviations }]
  }
  return []
}
