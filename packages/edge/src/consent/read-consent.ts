import { type Consent, isPurpose } from '@attune/core'

/**
 * Reads the granted purposes from the consent cookie (`preferences.statistics`; `none` grants nothing). Words that are no
 * purposes grant nothing. Global Privacy Control (`Sec-GPC: 1`) takes `preferences` and `marketing` away, unless the cookie says
 * that the visitor said yes in spite of it (`gpc`). The same as core's `settleConsent`, in fewer bytes.
 */
export function readConsent(cookie: string, globalPrivacyControl: string | null): Consent {
  const said = cookie.split('.')
  const objects = globalPrivacyControl === '1' && !said.includes('gpc')
  // An objection leaves `functional`, `statistics` and `statistics-anonymous`.
  return Object.fromEntries(said.filter(isPurpose).map((word) => [word, !(objects && /^[pm]/.test(word))]))
}
