import { writeCookie } from '../cookie.ts'

/** The cookie that holds the session, as `readSession` of core reads it. */
export const SESSION_COOKIE = 'attune_session'
/** The name in localStorage of how the visitor came. */
export const TOUCHES = 'attune_touches'

/** Forgets the session and how the visitor came; throws where storage is off. */
export function forgetSession(window: Window): void {
  if (window.document.cookie.includes(SESSION_COOKIE)) writeCookie(window, SESSION_COOKIE, '', -1)
  window.localStorage.removeItem(TOUCHES)
}
