import { type Consent, isPurpose } from '@attune/core'

/**
 * Reads the granted purposes from the consent cookie (`preferences.statistics`; `none` grants nothing). Words that are no
 * purposes grant nothing. Global Privacy Control (`Sec-GPC: 1`) takes `marketing` away whatever the cookie says.
 */
export function readConsent(cookie: string, globalPrivacyControl: string | null): Consent {
  const granted = cookie.split('.').filter((purpose) => isPurpose(purpose))
  const consent: Consent = Object.fromEntries(granted.map((purpose) => [purpose, true]))
  return globalPrivacyControl === '1' ? { ...consent, marketing: false } : consent
}
