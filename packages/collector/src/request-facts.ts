import type { Consent, Context } from '@attune/core'
import type { Batch } from './batch/parse-batch.ts'
import { readConsent } from './consent/read-consent.ts'
import { regionOf } from './consent/region-of.ts'
import { CONSENT_COOKIE } from './cookie-names.ts'
import type { Site } from './site.ts'
import type { CookieJar } from './token/cookie-jar.ts'

/** What whoever sent a request has granted. A cookie that cannot be read may be a refusal. */
export function consentOf(site: Site, request: Request, jar: CookieJar): Consent {
  const { headers } = request
  const wasAsked = headers.get('cookie')?.includes(CONSENT_COOKIE) === true
  const { consentRules: rules } = site
  // Where a visitor is matters only to what is granted unasked.
  const region = wasAsked || rules.unasked === undefined ? undefined : regionOf(site.context(request))
  const said = jar.get(CONSENT_COOKIE) ?? (wasAsked ? '' : undefined)
  return readConsent(said, headers.get('sec-gpc'), { doNotTrack: headers.get('dnt'), region, rules })
}

/** The visitor's context: what the request tells, and of what it does not tell, what the batch and the session say. */
export function contextOf(
  site: Site,
  request: Request,
  { utcOffset, page }: Batch,
  session: Context['session'],
): Context {
  return {
    ...(session === undefined ? {} : { session }),
    ...site.context(request),
    ...(page === undefined ? {} : { url: { path: page } }),
    ...(utcOffset === undefined ? {} : { utcOffset }),
  }
}
