import { listen } from '../scope.ts'
import type { Observer } from './observer.ts'

const IDLE = 30_000
// A page that is shown again is told so just before its view ends and another begins.
const LEAST = 100

/** Records `user_engagement` when the page is hidden or left: the time it was visible, in focus and in use. */
export const observeEngagement: Observer = ({ environment: { window, now }, began, scope, record }) => {
  const { document } = window
  let total = 0
  let last = began
  let active = !document.hidden && document.hasFocus()
  const tick = () => {
    // Between two signs of life at most 30 s count: beyond that nobody was there. A clock set back counts nothing.
    if (active) total += Math.max(0, Math.min(now() - last, IDLE))
    last = now()
    active = !document.hidden && document.hasFocus()
  }
  const report = () => {
    tick()
    if (total >= LEAST) record('user_engagement', { engagement_time_msec: total })
    total = 0
  }
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'scroll', 'focus', 'blur']) {
    listen(scope, window, type, tick)
  }
  listen(scope, document, 'visibilitychange', () => (document.hidden ? report() : tick()))
  // A page that is left is told so before it is hidden; one report saves the second beacon.
  listen(scope, window, 'pagehide', () => {
    report()
    active = false
  })
  scope.push(report)
}
