import type { Observer } from './observer.ts'
import { watchLife } from './watch-life.ts'

const IDLE = 30_000
// A page that is shown again is told so just before its view ends and another begins; one that is left is told so before it is hidden.
const LEAST = 100

/** Records `user_engagement` when the page is hidden or left: the time it was visible, in focus and in use. */
export const observeEngagement: Observer = (view) => {
  const { document, now, began, scope, record } = view
  let total = 0
  let last = began
  let active = document.hasFocus()
  const tick = () => {
    // Between two signs of life at most 30 s count: beyond that nobody was there. A clock set back counts nothing.
    if (active) total += Math.max(0, Math.min(now() - last, IDLE))
    last = now()
    active = document.hasFocus()
  }
  const report = () => {
    tick()
    if (total >= LEAST) record('user_engagement', { engagement_time_msec: total })
    total = 0
    // A page that was left may rest in the back/forward cache for long.
    active = false
  }
  watchLife(view, tick, report)
  scope.push(report)
}
