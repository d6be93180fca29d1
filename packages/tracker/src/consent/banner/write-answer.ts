import { announce } from '../../announce.ts'
import { safely } from '../../safely.ts'
import { readConsent, writeConsent } from '../consent-cookie.ts'
import type { Granted } from '../granted.ts'
import { markObjection } from './objection.ts'

/** By what the visitor answered. */
export type AnswerBy = 'accept' | 'refuse' | 'choices'

/** Where answers are proven, and what of. */
export interface Proof {
  /** Address of the collector's log of consent, of the page's own origin. */
  readonly log: string
  /** Names the texts that the visitor saw. */
  readonly version: string
}

/** What the visitor answered. */
export interface Answer {
  readonly granted: Granted | 'none'
  readonly by: AnswerBy
  /** The browser objects, and the visitor was told so where they answered. */
  readonly objects: boolean
}

// So long a first yes waits for the log, milliseconds.
const PATIENCE = 2_000

/**
 * Writes what the visitor answered to our own question and announces it. A yes to `preferences` or `marketing` against the browser's
 * objection is one in spite of it. A first yes is announced when the log answered, anything else at once.
 */
export function writeAnswer(
  window: Window & typeof globalThis,
  { granted, by, objects }: Answer,
  proof?: Proof,
): void {
  safely(() => {
    const isFirst = !readConsent(window)?.length
    writeConsent(window, granted)
    if (objects && granted !== 'none' && (granted.preferences || granted.marketing)) addWord(window, 'gpc')
    markObjection(window)
    const tell = (): void => announce(window, 'attune:consent')
    const told = proof && tellLog(window, by, proof)
    // The log's answer makes the visitor known. An event that was quicker would make somebody else known.
    if (told && isFirst && granted !== 'none' && granted.preferences) {
      void Promise.race([told, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).then(tell)
    } else tell()
  })
}

/** Adds a word to the consent cookie that has just been written, with the same lifetime. */
function addWord({ document, location }: Window, word: string): void {
  const [, words = ''] = /(?:^|; )attune_consent=([^;]*)/.exec(document.cookie) ?? []
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `attune_consent=${words}.${word}; Path=/; SameSite=Lax; Max-Age=15552000${secure}`
}

/** Asks the log for a row. One that does not answer changes nothing here: the cookie is what holds. */
function tellLog(window: Window & typeof globalThis, by: AnswerBy, { log, version }: Proof) {
  const body = JSON.stringify({ by, text: version, granted: readConsent(window) ?? [] })
  const headers = { 'content-type': 'application/json' }
  return window.fetch(log, { method: 'POST', headers, body, keepalive: true }).catch(() => {})
}
