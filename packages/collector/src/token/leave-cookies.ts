import {
  GONE_COOKIE,
  LEFT_COOKIE,
  PIN_COOKIE,
  PROGRAM_COOKIE,
  SESSION_COOKIE,
  TOKEN_COOKIE,
  VISITOR_COOKIE,
} from '../cookie-names.ts'
import { type Cookies, readCookies } from './read-cookies.ts'
import { clearCookie, writeCookie, writeOpenCookie } from './write-cookie.ts'

/** Pages are chosen by these. */
export const CHOOSING_COOKIES: readonly string[] = [VISITOR_COOKIE, TOKEN_COOKIE, PIN_COOKIE]
/** By these a browser is recognised. */
export const PERSONAL_COOKIES: readonly string[] = [...CHOOSING_COOKIES, PROGRAM_COOKIE]
/** As long as the visitor's id lives in a browser, seconds. */
export const VISITOR_SECONDS: number = 400 * 86_400

const READ: ReadonlySet<string> = new Set([...PERSONAL_COOKIES, SESSION_COOKIE])

/** The `Set-Cookie` values that take away whatever would let a visitor be recognised; `counted`: but for the session. */
export function forgetPerson(cookies: Cookies, secure: boolean, counted: boolean): readonly string[] {
  return [
    ...PERSONAL_COOKIES.filter(cookies.has).map((name) => clearCookie(name, secure)),
    // Written by a script, so without `__Host-`.
    ...(!counted && cookies.has(SESSION_COOKIE) ? [clearCookie(SESSION_COOKIE, false)] : []),
  ]
}

/**
 * The same for whoever goes for good at `now` (milliseconds), and that they did: a session's cookie goes by itself as well, so that its
 * absence tells a page nothing of who is here.
 */
export function letGo(cookies: Cookies, secure: boolean, now: number): readonly string[] {
  const gone = writeOpenCookie(GONE_COOKIE, String(now), secure, VISITOR_SECONDS)
  return [...forgetPerson(cookies, secure, false), gone]
}

/**
 * The `Set-Cookie` values with which a browser begins anew at `now` (milliseconds), whoever was signed in there. They need neither a ruleset nor
 * the secret: a sign-out always works.
 */
export function leaveCookies(
  { headers, url }: Pick<Request, 'headers' | 'url'>,
  now: number,
): readonly string[] {
  const secure = url.startsWith('https:')
  const cookies = readCookies(headers.get('cookie'), READ, secure)
  // An answer that is still under way brings the account's cookie back, for as long as that lives.
  const left = writeCookie(LEFT_COOKIE, String(now), secure, VISITOR_SECONDS)
  return [...letGo(cookies, secure, now), left]
}
