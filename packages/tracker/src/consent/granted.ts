import { announce } from '../announce.ts'
import { readConsent, writeConsent } from './consent-cookie.ts'
import type { Purpose } from './purpose.ts'

/** What somebody says of purposes; those not named stay as they are. */
export type Granted = Readonly<Partial<Record<Purpose, boolean>>>

/**
 * Hears what a site's own consent tool says: an answer of the visitor, or `undefined` while there is none or nobody asks. That takes
 * away what an earlier answer granted, and writes nothing where nothing was said.
 */
export type Grant = (granted: Granted | undefined) => void

/** What a follower may be told; the page is that of the browser. */
export interface FollowOptions {
  /** The page; default that of the browser. For tests. */
  readonly window?: Window & typeof globalThis
}

/**
 * Creates what hears a consent tool for this page: a change goes into our own cookie, and `attune:consent` is announced. A visitor who
 * was asked by such a tool did not say yes in spite of Global Privacy Control: that goes on to hold. `unasked`: what the owner grants
 * visitors who were not asked.
 */
export function createGrant(window: Window & typeof globalThis, unasked: readonly Purpose[] = []): Grant {
  return (granted) => {
    const said = readSaid(window)
    if (granted === undefined && !said?.length) return
    // Without an answer all stands as the owner decided, but for what is said now.
    const asOwner = said ? {} : Object.fromEntries(unasked.map((purpose) => [purpose, true]))
    const choice = granted ? { ...asOwner, ...granted } : DENIED
    const isNew = !said || Object.entries(choice).some(([purpose, state]) => said.includes(purpose) !== state)
    if (!isNew) return
    writeConsent(window, choice)
    announce(window, 'attune:consent')
  }
}

const DENIED: Granted = {
  preferences: false,
  statistics: false,
  'statistics-anonymous': false,
  marketing: false,
}

/** The page that a follower looks at; nothing where there is none, as on a server. */
export function pageOf(options: FollowOptions): (Window & typeof globalThis) | undefined {
  return options.window ?? (typeof window === 'undefined' ? undefined : window)
}

/** What the visitor said, whatever their browser objects to. */
function readSaid({ document }: Window): readonly string[] | undefined {
  return readConsent({ document, navigator: {} })
}
