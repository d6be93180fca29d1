import { FRESH_SECONDS } from './signature.ts'

/** What became of a nonce: taken for the first time, taken before, or no room to know it again. */
export type NonceClaim = 'first' | 'seen' | 'full'

/** Takes every nonce once. One that several processes share keeps them where all of them look. */
export interface ReplayGuard {
  /** Takes a nonce and remembers it for 10 minutes at least. `now` in milliseconds. */
  claim(nonce: string, now: number): Promise<NonceClaim>
}

// The youngest signature that is taken is 5 minutes ahead of us, and good for 5 more.
const REMEMBERED_MS = 2 * FRESH_SECONDS * 1000

/**
 * Creates a guard that remembers nonces in memory, for one process. Each is kept for 10 to 20 minutes; with `limit` of them in 10 minutes
 * (default 50,000: about 80 batches a second, some 10 MB) the next are told that it is full.
 */
export function createReplayGuard(limit = 50_000): ReplayGuard {
  let began = Number.NEGATIVE_INFINITY
  let current = new Set<string>()
  let before = new Set<string>()
  return {
    claim: async (nonce, now) => {
      if (now - began >= REMEMBERED_MS) {
        before = now - began < 2 * REMEMBERED_MS ? current : new Set()
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
