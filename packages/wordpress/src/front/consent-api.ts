import type { Purpose, Tracker } from '@attune/tracker'
import type { PageConfig } from './page-config.ts'

const PURPOSES: readonly Purpose[] = ['preferences', 'statistics', 'statistics-anonymous', 'marketing']

// As in PHP: see read_consent_cookie().
const UNASKED: readonly Purpose[] = ['preferences', 'statistics-anonymous']

interface ConsentPage {
  /** The WP Consent API's own question; it answers yes to everything while no consent plugin speaks. */
  readonly wp_has_consent?: (category: string) => boolean
  /** `optin`, `optout` or nothing: which plugin set it decides what silence means. */
  readonly wp_consent_type?: string
  /** The same as the server knows it, for a plugin that sets nothing here. */
  readonly wp_fallback_consent_type?: string
  readonly consent_api?: { readonly cookie_prefix?: string }
}

/**
 * What is granted by visitors who were not asked: nothing where somebody asks, or where the owner wants a stated yes, and nothing of what
 * they said no to elsewhere.
 */
export function unaskedPurposes(
  window: Window,
  { explicitConsent, consentApi }: Pick<PageConfig, 'explicitConsent' | 'consentApi'>,
): readonly Purpose[] | undefined {
  if (explicitConsent || (consentApi && asking(window))) return undefined
  const denied = consentApi ? deniedPurposes(window) : []
  return UNASKED.filter((purpose) => !denied.includes(purpose))
}

/** Takes over what the WP Consent API says, now and whenever the visitor changes it. `unasked` was granted until then. */
export function followConsentApi(
  window: Window,
  tracker: Pick<Tracker, 'consent'>,
  unasked: readonly Purpose[] = [],
): void {
  const take = (): void => {
    const granted = tracker.consent() ?? unasked
    const denied = deniedPurposes(window)
    const asked = asking(window)
    const isGranted = (purpose: Purpose): boolean =>
      asked ? asked(purpose) === true : granted.includes(purpose) && !denied.includes(purpose)
    const choice = Object.fromEntries(PURPOSES.map((purpose) => [purpose, isGranted(purpose)]))
    const isNew = PURPOSES.some((purpose) => granted.includes(purpose) !== choice[purpose])
    if (isNew) tracker.consent(choice)
  }
  for (const type of ['wp_listen_for_consent_change', 'wp_consent_type_defined'])
    window.document.addEventListener(type, take)
  take()
}

// What was said no to in the interface's own cookies stays a no when nobody asks there any more; as in PHP: see denied_purposes().
function deniedPurposes(window: Window): readonly Purpose[] {
  const prefix = (window as ConsentPage).consent_api?.cookie_prefix ?? 'wp_consent'
  const cookies = window.document.cookie.split('; ')
  return PURPOSES.filter((purpose) => cookies.includes(`${prefix}_${purpose}=deny`))
}

// Without a plugin that asks, silence is no consent.
function asking(window: Window): ConsentPage['wp_has_consent'] {
  const page = window as ConsentPage
  return (page.wp_consent_type ?? page.wp_fallback_consent_type) ? page.wp_has_consent : undefined
}
