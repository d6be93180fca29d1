import type { Refusal } from '../rejection.ts'

/** An event may arrive this long after it happened, milliseconds: 72 hours. */
export const MAX_LATENESS: number = 72 * 3_600_000

/**
 * When an event happened by our clock: `received − (sent − time)`, so that a sender's wrong clock does not matter; never
 * later than now. Without `sent` the sender's clock is taken as right.
 */
export function correctTime(time: number, sent: number | undefined, received: number): number | Refusal {
  const corrected = sent === undefined ? time : received - (sent - time)
  if (corrected < received - MAX_LATENESS) {
    return {
      reason: 'too-late',
      message: 'The event happened more than 72 hours ago. It is not taken any more.',
    }
  }
  return Math.floor(Math.min(corrected, received))
}
