import { decodeVisitor, type SealKeys } from '@attune/core'
import { VISITOR_COOKIE } from './cookie/cookie-names.ts'
import { readCookies } from './cookie/read-cookies.ts'

/** What tells a cookie of ours from one that somebody else sealed, and whom to tell. */
export interface ForeignCookieOptions {
  readonly keys: SealKeys
  readonly site: string
  /** Milliseconds. */
  readonly clock: () => number
  readonly onError: (error: unknown, step: string) => void
}

// As `encodeVisitor` writes it: made by a collector, not by somebody who tries things.
const SEALED = /^v1~[\w-]{4}~[\w-]{22}a?~[\w-]{22}$/
const ONCE_IN = 60_000

/**
 * Creates what looks at the requests of visitors of whom nothing is known, and tells of cookies that were sealed with another secret or for
 * another `site`, once a minute at most: else nobody would see why everybody is a newcomer.
 */
export function createForeignCookies({
  keys,
  site,
  clock,
  onError,
}: ForeignCookieOptions): (request: Request) => void {
  let told = Number.NEGATIVE_INFINITY
  return ({ headers, url }) => {
    const sealed = readCookies(headers.get('cookie'), url.startsWith('https:')).get(VISITOR_COOKIE)
    if (!SEALED.test(sealed) || decodeVisitor(keys, site, sealed) !== undefined) return
    if (clock() - told < ONCE_IN) return
    told = clock()
    onError(foreign(site), 'visitor')
  }
}

function foreign(site: string): Error {
  const message =
    `[edge] createHost: visitors carry cookies that do not open with this \`secret\` and \`site\` '${site}'. ` +
    'Give the collector and this site the same of both.'
  return Object.assign(new Error(message), { stack: '' })
}
