import { bundledChunk } from './chunk/bundled-chunk.ts'
import { startTracker, type Tracker, type TrackerOptions } from './start-tracker.ts'

/**
 * Starts the tracker on this page; call it once. It watches page views, scrolling, engagement, marked clicks and exposures, and what
 * `docs/guide/tracking.md` lists besides; a part for that is loaded by pages that have it.
 * On a server, where there is no page, it returns a tracker that does nothing.
 */
export function createTracker(options: TrackerOptions = {}): Tracker {
  if (options.environment || typeof window !== 'undefined')
    return startTracker({ ...options, load: bundledChunk })
  return { track: () => Promise.resolve(), consent: () => undefined }
}
