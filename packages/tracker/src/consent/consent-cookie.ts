import { safely } from '../safely.ts'

/** What a visitor can be asked for. `functional` is always granted and never listed. */
export type Purpose = 'preferences' | 'statistics' | 'statistics-anonymous' | 'marketing'

// Nothing is sent without one of these.
const SENDING: readonly Purpose[] = ['preferences', 'statistics']
const PURPOSES: readonly Purpose[] = [...SENDING, 'statistics-anonymous', 'marketing']

/** A choice to write: everything, nothing, or single purposes (those not named stay as they are). */
export type ConsentChoice = 'all' | 'none' | Readonly<Partial<Record<Purpose, boolean>>>

/** Reads the granted purposes from the consent cookie; `undefined` while the visitor has not been asked. */
export function readConsent({ document }: Window): readonly Purpose[] | undefined {
  // A sandboxed frame may not look at cookies: nobody was asked there.
  const cookie = safely(() => /(^|; )attune_consent=([^;]*)/.exec(document.cookie))
  const named = cookie?.[2]?.split('.')
  return named && PURPOSES.filter((purpose) => named.includes(purpose))
}

/** Tells whether anything may be sent: `preferences` or `statistics` is granted; `undefined`: not asked yet. */
export function readPermission(window: Window): boolean | undefined {
  const granted = readConsent(window)
  return granted && SENDING.some((purpose) => granted.includes(purpose))
}

/** Writes the consent cookie for 180 days. What is not understood grants nothing. */
export function writeConsent(window: Window, choice: ConsentChoice): void {
  const before = choice === 'none' ? [] : readConsent(window)
  // A page written in JavaScript may pass anything; only `true` is a yes.
  const answers = choice as Readonly<Record<string, unknown>>
  const granted = PURPOSES.filter(
    (purpose) => choice === 'all' || (answers[purpose] ?? before?.includes(purpose)) === true,
  )
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  const value = granted.join('.') || 'none'
  window.document.cookie = `attune_consent=${value}; Path=/; SameSite=Lax; Max-Age=15552000${secure}`
}
