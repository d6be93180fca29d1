import {
  type CompiledRuleset,
  decodeToken,
  encodePin,
  encodeToken,
  isAccountCookie,
  type Pin,
  type Profile,
  type SealKeys,
  seal,
  TOKEN_SECONDS,
  toBase64Url,
  toPayload,
} from '@attune/core'
import {
  CONSENT_COOKIE,
  LEFT_COOKIE,
  PIN_COOKIE,
  PROGRAM_COOKIE,
  SESSION_COOKIE,
  SINCE_COOKIE,
  TOKEN_COOKIE,
  VISITOR_COOKIE,
} from '../cookie-names.ts'
import { CHOOSING_COOKIES, forgetPerson, letGo, PERSONAL_COOKIES, VISITOR_SECONDS } from './leave-cookies.ts'
import { readCookies } from './read-cookies.ts'
import type { SealedCookies } from './sealed-cookies.ts'
import { clearCookie, writeCookie } from './write-cookie.ts'

/** A request's cookies, and the `Set-Cookie` values of its answer. */
export interface CookieJar {
  readonly get: (name: string) => string | undefined
  /** The visitor id of a cookie of ours; not that of an account which signed out here. */
  readonly readVisitor: () => string | undefined
  /** Tells whether an id is that of somebody who signed in, with a secret that may be gone by now. */
  readonly isAccount: (visitor: string) => boolean
  /** The visitor id of one who was taken for a program lately. */
  readonly readProgram: () => string | undefined
  /** A new id: of chance, or always the same for one seed. */
  readonly createVisitor: (seed: string | undefined) => string
  readonly readPin: (visitor: string) => Pin | undefined
  /** Writes the id anew each time, so that it lives on from the last visit. */
  readonly writeVisitor: (visitor: string) => readonly string[]
  /** Writes a token issued at `now` (milliseconds); one too large for a cookie is taken away: the profile is then loaded. */
  readonly writeToken: (
    visitor: string,
    profile: Profile,
    now: number,
    utcOffset: number | undefined,
  ) => readonly string[]
  /** Writes the pin without what changed. */
  readonly writePin: (visitor: string, pin: Pin, changed: readonly string[]) => readonly string[]
  /** When somebody last signed out here, milliseconds, while what happened before may still come at `now`. */
  readonly readLeft: (now: number) => number | undefined
  /** Remembers that somebody signed in at `now` (milliseconds), where `left` was the last sign-out. */
  readonly writeReturn: (left: number | undefined, now: number) => readonly string[]
  /** Minutes east of UTC that the visitor's token carries. */
  readonly readUtcOffset: (visitor: string, now: number) => number | undefined
  /** Takes away whatever pages would be chosen by. */
  readonly forgetChosen: () => readonly string[]
  /** Says for a day that the visitor is a program, and takes away whatever pages would be chosen by. */
  readonly writeProgram: (visitor: string) => readonly string[]
  /** Takes away whatever would let the visitor be recognised; `counted`: but for the session, which may be counted still. */
  readonly forget: (counted: boolean) => readonly string[]
  /** The same for whoever goes for good at a time (milliseconds), and tells the browser that they did. */
  readonly letGo: (now: number) => readonly string[]
}

/** What signs the cookies and what they are about. */
export interface JarSite {
  readonly name: string
  readonly compiled: CompiledRuleset
  readonly keys: SealKeys
  readonly sealed: SealedCookies
  /** Tells whose id is an account's. */
  readonly accounts: { readonly has: (visitor: string) => boolean }
  readonly randomBytes: (count: number) => Uint8Array
}

const READ: ReadonlySet<string> = new Set([
  ...PERSONAL_COOKIES,
  LEFT_COOKIE,
  SINCE_COOKIE,
  SESSION_COOKIE,
  CONSENT_COOKIE,
])
const PROGRAM_SECONDS = 86_400
// So late may an event be.
const LATE_MS = 72 * 3_600_000
const MILLISECONDS = /^\d{13}$/

/** Opens the cookies of a request; `secure` when it came by https. */
export function openJar(
  header: string | null,
  { name: site, compiled, keys, sealed, accounts, randomBytes }: JarSite,
  secure: boolean,
): CookieJar {
  const cookies = readCookies(header, READ, secure)
  const forgetChosen = (): readonly string[] =>
    CHOOSING_COOKIES.filter(cookies.has).map((name) => clearCookie(name, secure))
  const openOwn = (): string | undefined => {
    const cookie = cookies.get(VISITOR_COOKIE)
    return cookie === undefined ? undefined : sealed.openVisitor(cookie)
  }
  const wasAccount = (visitor: string): boolean =>
    visitor === openOwn() && isAccountCookie(cookies.get(VISITOR_COOKIE) ?? '')
  const isAccount = (visitor: string): boolean => wasAccount(visitor) || accounts.has(visitor)
  return {
    get: cookies.get,
    readVisitor: () => {
      const visitor = openOwn()
      // An answer to what was asked before the sign-out came after it, and brought the cookie back.
      return visitor !== undefined && cookies.has(LEFT_COOKIE) && isAccount(visitor) ? undefined : visitor
    },
    isAccount,
    readProgram: () => {
      const cookie = cookies.get(PROGRAM_COOKIE)
      return cookie === undefined ? undefined : sealed.openVisitor(cookie)
    },
    createVisitor: (seed) => {
      if (seed === undefined) return toBase64Url(randomBytes(16))
      // A seal ends with 128 bits that nobody without the secret can foretell: as many as an id has.
      return seal(keys, 'visitor', JSON.stringify([site, 'new']), toPayload(seed)).slice(-22)
    },
    readPin: (visitor) => {
      const cookie = cookies.get(PIN_COOKIE)
      return cookie === undefined ? undefined : sealed.openPin(visitor, cookie)
    },
    writeVisitor: (visitor) => [
      writeCookie(VISITOR_COOKIE, sealed.sealVisitor(visitor, wasAccount(visitor)), secure, VISITOR_SECONDS),
    ],
    writeToken: (visitor, profile, now, utcOffset) => {
      const issued = { profile, issuedAt: Math.floor(now / 1000), utcOffset: utcOffset ?? null }
      const token = encodeToken(keys, { site, visitor }, compiled, issued)
      if (token === undefined) return [clearCookie(TOKEN_COOKIE, secure)]
      return [writeCookie(TOKEN_COOKIE, token, secure, TOKEN_SECONDS)]
    },
    writePin: (visitor, pin, changed) => {
      const left = Object.entries(pin).filter(([placement]) => !changed.includes(placement))
      if (left.length === 0) return [clearCookie(PIN_COOKIE, secure)]
      const text = encodePin(keys, { site, visitor }, compiled.ruleset, Object.fromEntries(left))
      return [writeCookie(PIN_COOKIE, text, secure)]
    },
    readLeft: (now) => {
      const left = cookies.get(LEFT_COOKIE) ?? cookies.get(SINCE_COOKIE) ?? ''
      return MILLISECONDS.test(left) && now - Number(left) < LATE_MS ? Number(left) : undefined
    },
    writeReturn: (left, now) => {
      const seconds = left === undefined ? 0 : Math.ceil((left + LATE_MS - now) / 1000)
      return [
        ...(cookies.has(LEFT_COOKIE) ? [clearCookie(LEFT_COOKIE, secure)] : []),
        ...(seconds > 0 ? [writeCookie(SINCE_COOKIE, String(left), secure, seconds)] : []),
      ]
    },
    readUtcOffset: (visitor, now) => {
      const cookie = cookies.get(TOKEN_COOKIE)
      if (cookie === undefined) return undefined
      const token = decodeToken(keys, { site, visitor }, compiled, cookie, Math.floor(now / 1000))
      return token?.utcOffset ?? undefined
    },
    forgetChosen,
    writeProgram: (visitor) => [
      ...forgetChosen(),
      writeCookie(PROGRAM_COOKIE, sealed.sealVisitor(visitor), secure, PROGRAM_SECONDS),
    ],
    forget: (counted) => forgetPerson(cookies, secure, counted),
    letGo: (now) => letGo(cookies, secure, now),
  }
}
