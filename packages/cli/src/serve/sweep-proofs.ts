import type { ConsentLog } from '@attune/storage/consent'

/** How proofs of consent are swept. */
export interface ProofSweeping {
  readonly log: Pick<ConsentLog, 'sweep'>
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  readonly onError?: ((error: unknown, step: string) => void) | undefined
}

// What is owed by custom; the row that a consent of today stands on stays however old it is.
const KEPT = 5 * 365 * 86_400_000
const INTERVAL = 12 * 3_600_000

/** Creates what has proofs of consent older than five years deleted in the background, at the first call and then no oftener than twice a day. */
export function createProofSweeper({ log, clock = Date.now, onError = () => {} }: ProofSweeping): () => void {
  let next = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock()
    if (now < next) return
    next = now + INTERVAL
    log.sweep(now - KEPT).catch((error: unknown) => onError(error, 'sweep-consent'))
  }
}
