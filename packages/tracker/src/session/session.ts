import { safely } from '../safely.ts'
import { SESSION_COOKIE } from './forget-session.ts'

/** A visit that no silence of 30 minutes interrupts; the tabs of a browser share it. */
export interface Session {
  /** The how-manyeth of this visitor, from 1. */
  readonly number: number
  readonly pageViews: number
  /** When it began, whole seconds since 1970. */
  readonly began: number
  /** When something last happened in it, whole seconds since 1970. */
  readonly last: number
}

/** A session without a sign of life for longer is over, seconds. */
export const IDLE_SECONDS = 1_800

const COOKIE = new RegExp(
  `(?:^|; )${SESSION_COOKIE}=(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,10})\\.(\\d{1,10})(?:;|$)`,
)

/** Reads the session that this browser remembers, over or not; `undefined` when there is none, or none readable. */
export function loadSession({ document }: Window): Session | undefined {
  return safely(() => {
    const found = COOKIE.exec(document.cookie)
    if (!found) return undefined
    const [number = 0, pageViews = 0, began = 0, last = 0] = found.slice(1).map(Number)
    return { number, pageViews, began, last }
  })
}

/** Remembers the session for 180 days, in a cookie: servers and other tabs read it. */
export function saveSession(window: Window, { number, pageViews, began, last }: Session): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  const value = [number, pageViews, began, last].join('.')
  window.document.cookie = `${SESSION_COOKIE}=${value}; Path=/; SameSite=Lax; Max-Age=15552000${secure}`
}

/** Tells whether a session is over at `now`, whole seconds; a clock that was set back by more than the silence ends it as well. */
export function isOver({ last }: Session, now: number, atMidnight: boolean): boolean {
  return Math.abs(now - last) > IDLE_SECONDS || (atMidnight && dayOf(last) !== dayOf(now))
}

// Where the visitor is.
function dayOf(seconds: number): string {
  return new Date(seconds * 1_000).toDateString()
}
