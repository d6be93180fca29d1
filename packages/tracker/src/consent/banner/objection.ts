import { safely } from '../../safely.ts'
import { readConsent, writeConsent } from '../consent-cookie.ts'

/** What a browser says for its visitor. */
interface Objecting {
  readonly globalPrivacyControl?: boolean
  readonly doNotTrack?: string | null
}

const IN_SPITE = /(?:^|; )attune_consent=[^;]*\bgpc\b/

/** Tells whether the browser objects for its visitor: by Global Privacy Control, and by Do Not Track where the site obeys that. */
export function isObjecting({ navigator }: Window, obeysDoNotTrack = false): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Objecting
  return globalPrivacyControl === true || (obeysDoNotTrack && doNotTrack === '1')
}

/**
 * Says on the root element what became of Global Privacy Control, for the page to show: `data-attune-gpc="honoured"`, or `overruled`
 * once the visitor said yes in spite of it. Nothing without it. Source: 11 CCR § 7025 (c) (6).
 */
export function markObjection(window: Window): void {
  if (!isObjecting(window)) return
  window.document.documentElement.dataset.attuneGpc = isOverruled(window) ? 'overruled' : 'honoured'
}

/** Tells whether the visitor said yes in spite of what their browser objects to. */
export function isOverruled({ document }: Window): boolean {
  return safely(() => IN_SPITE.test(document.cookie)) === true
}

/** Takes away what Do Not Track objects to, from an older yes; true when there was any. The tracker itself knows only Global Privacy Control. */
export function obeyDoNotTrack(window: Window): boolean {
  const granted = readConsent(window) ?? []
  const isOpen = granted.includes('preferences') || granted.includes('marketing')
  if (!isOpen || !isObjecting(window, true) || isOverruled(window)) return false
  writeConsent(window, { preferences: false, marketing: false })
  return true
}
