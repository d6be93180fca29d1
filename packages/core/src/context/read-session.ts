import type { Context } from './context.ts'

/** A session without a sign of life for longer is over, seconds. */
const IDLE_SECONDS = 1_800

const COOKIE = /^(\d{1,9})\.(\d{1,9})\.(\d{1,10})\.(\d{1,10})$/

/**
 * Reads the session from the value of the cookie `attune_session`, which the tracker writes: its number, its page views, when it began and
 * when something last happened in it (whole seconds since 1970), parted by dots. `now` is milliseconds. One that is over is the next one,
 * of which nothing was seen; the page that is asked for is not among the page views. `undefined` without the cookie, or when it is none of
 * ours. It is the visitor's to write: good for choosing content, as all of it, and for nothing else. Ask only with `preferences` granted.
 */
export function readSession(cookie: string | undefined, now: number): Context['session'] {
  const found = COOKIE.exec(cookie ?? '')
  if (found === null) return undefined
  const [number = 0, pageViews = 0, began = 0, last = 0] = found.slice(1).map(Number)
  const seconds = Math.floor(now / 1000)
  if (Math.abs(seconds - last) > IDLE_SECONDS) return { number: number + 1, pageViews: 0, seconds: 0 }
  return { number, pageViews, seconds: Math.max(0, seconds - began) }
}
