import type { Consent, Context } from '@attune/core'
import { askedPlacementsOf } from './asked-placements.ts'
import { readConsent } from './consent/read-consent.ts'
import { regionOf } from './consent/region-of.ts'
import { CONSENT_COOKIE } from './cookie-names.ts'
import { addressContext, browserContext } from './profile/page-context.ts'
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

/**
 * The visitor's context: what the request tells, and of what it does not tell, what the batch and the session say. Of a live page also what its browser and
 * its address tell, as its next request would.
 */
export function contextOf(
  site: Site,
  request: Request,
  { utcOffset, page }: { readonly utcOffset?: number | undefined; readonly page?: string | undefined },
  session: Context['session'],
): Context {
  // Most rulesets ask for nothing of it, and a socket brings many messages.
  const asked = site.contextual.size === 0 ? undefined : askedPlacementsOf(request)
  const path = page === undefined ? {} : { url: { path: page } }
  return {
    ...(session === undefined ? {} : { session }),
    ...(asked === undefined ? {} : browserContext(request.headers)),
    ...site.context(request),
    // The request's own address is the collector's.
    ...(asked === undefined ? path : addressContext(asked.page)),
    ...(utcOffset === undefined ? {} : { utcOffset }),
  }
}
