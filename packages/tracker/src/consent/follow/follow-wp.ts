import { safely } from '../../safely.ts'
import { createGrant, type FollowOptions, type Granted, pageOf } from '../granted.ts'
import { whenThere } from './when-there.ts'

interface WpPage {
  readonly wp_has_consent?: (category: string) => boolean
  /** `optin`, `optout` or nothing: which plugin set it decides what silence means. */
  readonly wp_consent_type?: string
  /** The same as the server knows it, for a plugin that sets nothing here. */
  readonly wp_fallback_consent_type?: string
}

const PURPOSES = ['preferences', 'statistics', 'statistics-anonymous', 'marketing'] as const
const CHANGES = ['wp_listen_for_consent_change', 'wp_consent_type_defined']

/**
 * Follows the WP Consent API (`wp_has_consent`), whose purposes are ours, and its changes. While no plugin asks there it says yes to
 * everything, which is nobody's yes and grants nothing. For pages of a WordPress that do not carry the plugin of Attune, which does this itself.
 */
export function followWp(options: FollowOptions = {}): void {
  const window = pageOf(options)
  if (window === undefined) return
  const grant = createGrant(window)
  const take = (): void => void safely(() => grant(grantedByWp(window)))
  whenThere(window, 'wp_has_consent', () => {
    for (const type of CHANGES) window.document.addEventListener(type, take)
    take()
  })
}

function grantedByWp(window: Window): Granted | undefined {
  // Which plugin asks, and how, is known late, so it is looked at each time.
  const page = window as WpPage
  const type = page.wp_consent_type ?? page.wp_fallback_consent_type
  if (!type || !page.wp_has_consent) return undefined
  const granted = PURPOSES.filter((purpose) => page.wp_has_consent?.(purpose) === true)
  // Where a yes is asked for, who granted nothing may not have been asked yet, and of them nothing is written.
  if (type === 'optin' && granted.length === 0) return undefined
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, granted.includes(purpose)]))
}
