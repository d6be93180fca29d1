import { useSyncExternalStore } from 'react'

/** What the visitor allowed beyond what a shop cannot do without. */
export type Choice = { readonly preferences: boolean; readonly statistics: boolean }

/** `unknown` on the server, `unasked` before the first choice. */
export type Consent = Choice | 'unknown' | 'unasked'

const cookieName = 'attune_consent'
const lifetime = 180 * 24 * 60 * 60 // seconds: 180 days
const reopenEvent = 'fell:privacy-choices'

function readCookie(): string | null {
  const cookie = document.cookie.split('; ').find((part) => part.startsWith(`${cookieName}=`))
  return cookie?.slice(cookieName.length + 1) ?? null
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('attune:consent', listener)
  return () => document.removeEventListener('attune:consent', listener)
}

/** The visitor's choice, from the one cookie that keeps it. */
export function useConsent(): Consent {
  const value = useSyncExternalStore(subscribe, readCookie, () => 'unknown')
  if (value === 'unknown') return 'unknown'
  if (value === null) return 'unasked'
  const granted = value.split('.')
  return { preferences: granted.includes('preferences'), statistics: granted.includes('statistics') }
}

/** Keeps the choice for 180 days and tells the page. */
export function saveConsent(choice: Choice): void {
  const granted = [choice.preferences && 'preferences', choice.statistics && 'statistics'].filter(Boolean)
  const value = granted.length === 0 ? 'none' : granted.join('.')
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve
  document.cookie = `${cookieName}=${value}; Path=/; SameSite=Lax; Max-Age=${lifetime}${secure}`
  document.dispatchEvent(new CustomEvent('attune:consent'))
}

/** Asks the banner to open again. */
export function reopenPrivacyChoices(): void {
  document.dispatchEvent(new CustomEvent(reopenEvent))
}

/** Calls `listener` when somebody asks for the banner; returns how to stop. */
export function onReopenPrivacyChoices(listener: () => void): () => void {
  document.addEventListener(reopenEvent, listener)
  return () => document.removeEventListener(reopenEvent, listener)
}
