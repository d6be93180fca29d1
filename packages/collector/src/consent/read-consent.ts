import { type Consent, isPurpose, NO_CONSENT } from '@attune/core'

// All purposes of ours together are shorter than this.
const MAX_CONSENT = 200

/**
 * Reads the granted purposes from the consent cookie (`preferences.statistics`; `none` grants nothing). Words that are no
 * purposes grant nothing. Global Privacy Control (`Sec-GPC: 1`) takes `marketing` away whatever the cookie says.
 */
export function readConsent(cookie: string | undefined, globalPrivacyControl: string | null): Consent {
  if (cookie === undefined || cookie.length > MAX_CONSENT) return NO_CONSENT
  const granted = cookie.split('.').filter((purpose) => isPurpose(purpose))
  const consent: Consent = Object.fromEntries(granted.map((purpose) => [purpose, true]))
  return globalPrivacyControl === '1' ? { ...consent, marketing: false } : consent
}
