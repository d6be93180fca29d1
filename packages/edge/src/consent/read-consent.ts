import { type Consent, isPurpose } from '@attune/core'

/**
 * Reads the granted purposes from the consent cookie (`preferences.statistics`; `none` grants nothing). Words that are no
 * purposes grant nothing. A browser that objects (`Sec-GPC: 1`, or `DNT: 1` where that is obeyed) takes `preferences` and `marketing` away, unless the
 * cookie says that the visitor said yes in spite of it (`gpc`). The same as core's `settleConsent`, in fewer bytes.
 */
export function readConsent(cookie: string, objects: boolean): Consent {
  const said = cookie.split('.')
  // An objection leaves `functional`, `statistics` and `statistics-anonymous`.
  return Object.fromEntries(
    said.filter(isPurpose).map((word) => [word, !objects || /^[fs]/.test(word) || said.includes('gpc')]),
  )
}
