import { readCookie, writeCookie } from '../cookie.ts'
import type { Environment } from '../environment.ts'
import { safely } from '../safely.ts'
import { SESSION_COOKIE } from './forget-session.ts'

/**
 * A visit that no silence of 30 minutes interrupts; the tabs of a browser share it. The how-manyeth of this visitor, from 1; its page
 * views; when it began, and when something last happened in it, whole seconds since 1970.
 */
export type Session = readonly [number: number, pageViews: number, began: number, last: number]

// A session without a sign of life for longer is over, seconds.
const IDLE = 1_800

/** Reads the session that this browser remembers, over or not; `undefined` when there is none, or none readable. */
export function loadSession({ document }: Window): Session | undefined {
  const numbers = safely(() => readCookie(document, SESSION_COOKIE))
    ?.split('.')
    .map(Number)
  // Written by us it has four parts; with fewer the last is missing, and it is over.
  return numbers?.every((part) => part > 0) ? (numbers as unknown as Session) : undefined
}

/** Remembers the session for 180 days, in a cookie: servers and other tabs read it. */
export function saveSession(window: Window, session: Session): void {
  writeCookie(window, SESSION_COOKIE, session.join('.'))
}

/**
 * Notes that something happens in the session, perhaps `views` more page views, and tells whether it goes on: not if there is none, after
 * the silence, when a clock was set back by more than that, or with a new day where the page says `data-attune-session="midnight"`.
 */
export function carryOn({ window, now }: Environment, views = 0): boolean {
  const seconds = Math.floor(now() / 1_000)
  const [number, pageViews, began, last] = loadSession(window) ?? []
  if (!(Math.abs(seconds - last!) <= IDLE)) return false
  const atMidnight = window.document.querySelector('[data-attune-session=midnight]')
  if (atMidnight && dayOf(last!) !== dayOf(seconds)) return false
  saveSession(window, [number!, pageViews! + views, began!, seconds])
  return true
}

// Where the visitor is.
function dayOf(seconds: number): string {
  return new Date(seconds * 1_000).toDateString()
}
