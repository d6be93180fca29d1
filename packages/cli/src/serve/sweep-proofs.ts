import type { ConsentLog } from '@attune/storage/consent'

/** How proofs of consent are swept. */
export interface ProofSweeping {
  readonly log: Pick<ConsentLog, 'sweep'>
  /** Milliseconds that a proof is kept. Default five years. */
  readonly kept?: number | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  readonly onError?: ((error: unknown, step: string) => void) | undefined
}

const DAY = 86_400_000
/** Days that a proof is kept unless told otherwise, what is owed by custom; the row that a consent of today stands on stays however old it is. */
export const PROOF_DAYS: number = 5 * 365
const INTERVAL = 12 * 3_600_000

/** Creates what has proofs of consent deleted that are old enough, in the background, at the first call and then no oftener than twice a day. */
export function createProofSweeper({
  log,
  kept = PROOF_DAYS * DAY,
  clock = Date.now,
  onError = () => {},
}: ProofSweeping): () => void {
  let next = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock()
    if (now < next) return
    next = now + INTERVAL
    log.sweep(now - kept).catch((error: unknown) => onError(error, 'sweep-consent'))
  }
}
