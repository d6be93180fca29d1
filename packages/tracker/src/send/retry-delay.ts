const BASE = 1_000
const CAP = 300_000

/**
 * Milliseconds to wait after failure number `attempt` (from 0): what `Retry-After` asks for (seconds), and on top of it
 * anything up to 1 s doubled each time, at most 5 min. Full jitter, so that a site's pages do not all come back at once.
 */
export function retryDelay(attempt: number, random: number, retryAfter?: string | null): number {
  return random * Math.min(CAP, BASE * 2 ** attempt) + (+retryAfter! * 1_000 || 0)
}
