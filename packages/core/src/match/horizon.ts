import { NEVER } from './scope.ts'

/**
 * The first instant at which a count of times in a sliding window answers differently, when nothing new happens.
 * `leaving` are the seconds at which each counted thing leaves the window, soonest last. As they leave, the count
 * falls; things that leave together fall together.
 */
export function countHorizon(leaving: readonly number[], passes: (count: number) => boolean): number {
  const now = passes(leaving.length)
  for (let left = leaving.length - 1; left >= 0; left--) {
    const instant = leaving[left]!
    if (left > 0 && leaving[left - 1] === instant) continue
    if (passes(left) !== now) return instant
  }
  return NEVER
}
