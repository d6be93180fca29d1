import { readCookie, writeCookie } from '../cookie.ts'
import type { Environment } from '../environment.ts'
import { safely } from '../safely.ts'
import type { Purpose } from './purpose.ts'

const CONSENT = 'attune_consent'
const PURPOSES: readonly Purpose[] = ['preferences', 'statistics', 'statistics-anonymous', 'marketing']

/** A choice to write: everything, nothing, or single purposes (those not named stay as they are). */
export type ConsentChoice = 'all' | 'none' | Readonly<Partial<Record<Purpose, boolean>>>

/** What is looked at of a page. */
interface ConsentPage {
  readonly document: Pick<Document, 'cookie'>
  readonly navigator: { readonly globalPrivacyControl?: boolean } & object
}

/**
 * Reads the granted purposes from the consent cookie; `unasked` while the visitor has not been asked. A cookie that stands twice
 * grants nothing: a sibling host may have planted one of them. Global Privacy Control takes `preferences` and `marketing` away from
 * both, unless the visitor said yes in spite of it. The same as core's `settleConsent`, in fewer bytes.
 */
export function readConsent(
  { document, navigator }: ConsentPage,
  unasked?: readonly string[],
): readonly Purpose[] | undefined {
  // Where cookies may not be looked at, nobody was asked.
  const words = safely(() => readCookie(document, CONSENT))?.split('.') ?? unasked
  // An objection leaves the statistics, the last by the alphabet.
  return (
    words &&
    PURPOSES.filter(
      (purpose) =>
        words.includes(purpose) &&
        (purpose > 's' || !navigator.globalPrivacyControl || words.includes('gpc')),
    )
  )
}

/** Tells whether anything may be sent: `preferences` or `statistics` is granted; `undefined`: not asked yet, which grants nothing. */
export function readPermission({ window, consent }: Environment): boolean | undefined {
  // Nothing is sent without one of the first two.
  return readConsent(window, consent)?.some((purpose) => PURPOSES.indexOf(purpose) < 2)
}

/** Writes the consent cookie for 180 days. What is not understood grants nothing. */
export function writeConsent(window: Window, choice: ConsentChoice): void {
  const before = choice === 'none' ? [] : readConsent(window)
  const granted = PURPOSES.filter(
    // A page written in JavaScript may pass anything; only `true` is a yes.
    (purpose) =>
      choice === 'all' ||
      ((choice as Record<string, unknown>)[purpose] ?? before?.includes(purpose)) === true,
  )
  writeCookie(window, CONSENT, granted.join('.') || 'none')
}
