import type { Environment } from '../environment.ts'
import { safely } from '../safely.ts'
import type { Purpose } from './purpose.ts'

// Nothing is sent without one of these.
const SENDING: readonly Purpose[] = ['preferences', 'statistics']
const PURPOSES: readonly Purpose[] = [...SENDING, 'statistics-anonymous', 'marketing']

/** A choice to write: everything, nothing, or single purposes (those not named stay as they are). */
export type ConsentChoice = 'all' | 'none' | Readonly<Partial<Record<Purpose, boolean>>>

/**
 * Reads the granted purposes from the consent cookie; `undefined` while the visitor has not been asked. A cookie that stands twice
 * grants nothing: a sibling host may have planted one of them.
 */
export function readConsent({ document }: Window): readonly Purpose[] | undefined {
  // Nobody was asked where nothing can be split, nor in a sandboxed frame, which may not look at cookies.
  const named = safely(() => {
    const [, said, twin] = `; ${document.cookie}`.split('; attune_consent=')
    return twin === undefined ? said!.split(';')[0]!.split('.') : []
  })
  return named && PURPOSES.filter((purpose) => named.includes(purpose))
}

/** Tells whether anything may be sent: `preferences` or `statistics` is granted; `undefined`: not asked yet, which grants nothing. */
export function readPermission({ window, consent }: Environment): boolean | undefined {
  const granted = readConsent(window) ?? consent
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
