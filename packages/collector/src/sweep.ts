import type { Site } from './site.ts'

// What has outlived its retention goes within a day.
const INTERVAL = 12 * 3_600_000

/** Creates what has the store swept in the background, with the first call and then no oftener than twice a day. */
export function createSweeper({ store, retention, clock, onError }: Site): () => void {
  let next = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock()
    if (now < next) return
    next = now + INTERVAL
    store.sweep(now, retention).catch((error: unknown) => onError(error, 'sweep'))
  }
}
