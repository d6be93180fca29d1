import type { Environment } from '../environment.ts'
import { safely } from '../safely.ts'
import type { Purpose } from './purpose.ts'

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
  // Nobody was asked where nothing can be split, nor in a sandboxed frame, which may not look at cookies.
  const words =
    safely(() => {
      const [, said, twin] = `; ${document.cookie}`.split('; attune_consent=')
      return twin === undefined ? said!.split(';')[0]!.split('.') : []
    }) ?? unasked
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
  // A page written in JavaScript may pass anything; only `true` is a yes.
  const answers = choice as Readonly<Record<string, unknown>>
  const granted = PURPOSES.filter(
    (purpose) => choice === 'all' || (answers[purpose] ?? before?.includes(purpose)) === true,
  )
  // Only https: has a sixth letter.
  const secure = window.location.protocol[5] ? '; Secure' : ''
  window.document.cookie = `attune_consent=${granted.join('.') || 'none'}; Path=/; SameSite=Lax; Max-Age=15552000${secure}`
}
