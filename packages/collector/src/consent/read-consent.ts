import { type Consent, type ConsentRules, NO_CONSENT, settleConsent } from '@attune/core'

// All words of ours together are shorter than this.
const MAX_CONSENT = 200

/** What a request says of consent beside the cookie. */
export interface ConsentHeaders {
  /** `DNT`. */
  readonly doNotTrack?: string | null
  /** Where the visitor is, as far as the host knows: `US-CA` or `US`. */
  readonly region?: string | undefined
  readonly rules?: ConsentRules
}

/**
 * Reads the granted purposes from the consent cookie (`preferences.statistics`; `none` grants nothing). Words that are no
 * purposes grant nothing. Without a cookie it is what the rules say of visitors who were not asked. Global Privacy Control
 * (`Sec-GPC: 1`) takes `preferences` and `marketing` away, unless the cookie says that the visitor said yes in spite of it (`gpc`).
 */
export function readConsent(
  cookie: string | undefined,
  globalPrivacyControl: string | null,
  { doNotTrack, region, rules }: ConsentHeaders = {},
): Consent {
  if (cookie !== undefined && cookie.length > MAX_CONSENT) return NO_CONSENT
  const question = {
    said: cookie?.split('.'),
    globalPrivacyControl: globalPrivacyControl === '1',
    doNotTrack: doNotTrack === '1',
    region,
  }
  return settleConsent(question, rules)
}
