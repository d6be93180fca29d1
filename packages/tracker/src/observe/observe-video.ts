import type { EventProperties } from '../queue/clean-properties.ts'
import { listen } from '../scope.ts'
import type { ChunkObserver } from './observer.ts'

const PERCENTS: readonly number[] = [10, 25, 50, 75, 90]

interface Told {
  /** What is still to be told, ascending. */
  readonly percents: number[]
  isComplete: boolean
}

// A video that plays on through client navigations is told of once.
const TOLD = new WeakMap<HTMLVideoElement, Told>()

/**
 * Records `video_start`, `video_progress` at 10, 25, 50, 75 and 90 % and `video_complete` of `<video>` elements. What counts is how much of
 * the video was played, once each second of it: what was skipped was not watched. A silent, self-starting one without controls is decoration.
 */
export const observeVideo: ChunkObserver = ({ window, scope, record }, event) => {
  const { document } = window
  const look = ({ target, type }: Event) => {
    if (!(target instanceof window.HTMLVideoElement) || isDecoration(target)) return
    const played = playedSeconds(target)
    if (!played) return
    const told = TOLD.get(target) ?? { percents: [...PERCENTS], isComplete: false }
    if (!TOLD.has(target)) record('video_start', describe(target))
    TOLD.set(target, told)
    // Of a live stream, or before its length is known, nobody can say how much that is.
    const known = (100 * played) / target.duration
    const share = Number.isFinite(known) ? known : 0
    while (share >= told.percents[0]!) {
      record('video_progress', { video_percent: told.percents.shift(), ...describe(target) })
    }
    // A looping video never ends, and the last frame may be missing from what was played.
    if (told.isComplete || share < (type === 'ended' ? 90 : 99)) return
    told.isComplete = true
    record('video_complete', { video_percent: 100, ...describe(target) })
  }
  for (const type of ['timeupdate', 'ended']) listen(scope, document, type, look)
  listen(scope, document, 'emptied', ({ target }) => TOLD.delete(target as HTMLVideoElement))
  if (event) look(event)
}

function isDecoration({ autoplay, muted, controls }: HTMLVideoElement): boolean {
  return autoplay && muted && !controls
}

function playedSeconds({ played }: HTMLVideoElement): number {
  let seconds = 0
  for (let range = 0; range < played.length; range++) seconds += played.end(range) - played.start(range)
  return seconds
}

function describe(video: HTMLVideoElement): EventProperties {
  const { currentSrc, currentTime, duration, title } = video
  return {
    video_title: video.getAttribute('data-attune-video') || title || undefined,
    // The query may hold a signature, and blob: and data: say nothing.
    video_url: /^https?:[^?#]+/.exec(currentSrc)?.[0],
    video_current_time: Math.round(currentTime),
    video_duration: Number.isFinite(duration) ? Math.round(duration) : undefined,
  }
}
