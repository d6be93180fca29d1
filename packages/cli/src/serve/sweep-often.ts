// Each sweep says itself that it is too early: so long after it is due it begins at the latest.
const EVERY = 3_600_000

/**
 * Calls `sweep` now and then every hour, also while nobody asks for anything, and does not keep the process alive. Answers what ends it.
 */
export function sweepOften(sweep: () => void): () => void {
  sweep()
  const timer = setInterval(sweep, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
