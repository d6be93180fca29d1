import type { Tracker } from '@attune/tracker'

type Purpose = 'preferences' | 'statistics' | 'statistics-anonymous' | 'marketing'

const PURPOSES: readonly Purpose[] = ['preferences', 'statistics', 'statistics-anonymous', 'marketing']

interface ConsentPage {
  /** The WP Consent API's own question; it answers yes to everything while no consent plugin speaks. */
  readonly wp_has_consent?: (category: string) => boolean
  /** `optin`, `optout` or nothing: which plugin set it decides what silence means. */
  readonly wp_consent_type?: string
}

/** Takes over what the WP Consent API says, now and whenever the visitor changes it. */
export function followConsentApi(window: Window, tracker: Pick<Tracker, 'consent'>): void {
  const page = window as ConsentPage
  const take = (): void => {
    const asked = page.wp_has_consent
    // Without a plugin that asks, silence is no consent.
    if (!asked || !page.wp_consent_type) return
    const choice = Object.fromEntries(PURPOSES.map((purpose) => [purpose, asked(purpose) === true]))
    const granted = tracker.consent() ?? []
    const isNew = PURPOSES.some((purpose) => granted.includes(purpose) !== choice[purpose])
    if (isNew) tracker.consent(choice)
  }
  for (const type of ['wp_listen_for_consent_change', 'wp_consent_type_defined'])
    window.document.addEventListener(type, take)
  take()
}
