import type { PageView } from '../observe/observer.ts'
import type { EventProperties } from '../queue/clean-properties.ts'
import { loadSession, saveSession } from './session.ts'
import { campaignOf, locationOf, type Touch } from './touch.ts'
import { loadTouches, saveTouches } from './touches.ts'

/** Begins a session with an arrival, and records `session_start`. */
export function beginSession({ window, now, record }: PageView, touch: Touch): void {
  const [before = 0] = loadSession(window) ?? []
  const number = before + 1
  const seconds = Math.floor(now() / 1_000)
  saveSession(window, [number, 1, seconds, seconds])
  // Where cookies are off, each page would begin a session.
  if (loadSession(window)?.[0] !== number) return
  // The first session of a browser that somebody else came to before: a sign-out took their session away.
  const kept = before > 0 ? loadTouches(window) : undefined
  const campaign = campaignOf(touch)
  const first = kept?.first ?? touch
  const last = campaign || touch.referrer ? touch : (kept?.last ?? touch)
  saveTouches(window, { campaign, first, last })
  const { landing, referrer: page_referrer, ...utm } = touch
  record('session_start', {
    session_number: number,
    page_path: landing,
    page_location: locationOf(touch, window.location.origin),
    page_referrer,
    ...utm,
    ...prefixed('first', first),
    ...prefixed('last', last),
  })
}

function prefixed(prefix: string, touch: Touch): EventProperties {
  return Object.fromEntries(Object.entries(touch).map(([name, value]) => [`${prefix}_${name}`, value]))
}
