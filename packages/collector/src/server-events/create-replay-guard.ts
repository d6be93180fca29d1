import { FRESH_SECONDS } from './signature.ts'

/** What became of a nonce: taken for the first time, taken before, or no room to know it again. */
export type NonceClaim = 'first' | 'seen' | 'full'

/** Takes every nonce once. One that several processes share keeps them where all of them look, as long as what they stand in is good. */
export interface ReplayGuard {
  /** Takes a nonce and remembers it: of a signature for 10 minutes at least, of a button of a visitor's page for 15. `now` in milliseconds. */
  claim(nonce: string, now: number): Promise<NonceClaim>
}

// The youngest signature that is taken is 5 minutes ahead of us, and good for 5 more.
const REMEMBERED_MS = 2 * FRESH_SECONDS * 1000

/**
 * Creates a guard that remembers nonces in memory, for one process. Each is kept for `remembered` milliseconds (default 10 minutes) to twice that; with
 * `limit` of them in that time (default 50,000: about 80 batches a second, some 10 MB) the next are told that it is full.
 */
export function createReplayGuard(limit = 50_000, remembered: number = REMEMBERED_MS): ReplayGuard {
  let began = Number.NEGATIVE_INFINITY
  let current = new Set<string>()
  let before = new Set<string>()
  return {
    claim: async (nonce, now) => {
      if (now - began >= remembered) {
        before = now - began < 2 * remembered ? current : new Set()
        current = new Set()
        began = now
      }
      if (current.has(nonce) || before.has(nonce)) return 'seen'
      if (current.size >= limit) return 'full'
      current.add(nonce)
      return 'first'
    },
  }
}
