import {
  type Consent,
  type DecisionQuestion,
  decodePin,
  decodeToken,
  decodeVisitor,
  isGranted,
  type Pin,
  type Profile,
} from '@attune/core'
import { readConsent } from './consent/read-consent.ts'
import { buildContext } from './context/build-context.ts'
import {
  CONSENT_COOKIE,
  LEFT_COOKIE,
  PIN_COOKIE,
  PREVIEW_COOKIE,
  PROGRAM_COOKIE,
  SESSION_COOKIE,
  TOKEN_COOKIE,
  VISITOR_COOKIE,
} from './cookie/cookie-names.ts'
import { type Cookies, readCookies } from './cookie/read-cookies.ts'
import { type Preview, readPreview } from './preview/preview.ts'
import { loadProfile } from './profile/load-profile.ts'
import type { Site } from './site.ts'

/** Who asks, as far as they let us know; read from cookies alone. */
export interface Visit {
  readonly cookies: Cookies
  /** It came by https. */
  readonly secure: boolean
  readonly preview: Preview | undefined
  readonly consent: Consent
  /** Personalising is allowed. */
  readonly personal: boolean
  /** Only with consent. */
  readonly visitor: string | undefined
  /** Decisions held still; empty in a preview. */
  readonly readPin: () => Pin
  /** Milliseconds by the clock. */
  readonly time: number
}

/** Which page is asked for. */
export interface Asked {
  readonly headers: Headers
  readonly url: URL
  /** Public path of the page. */
  readonly path: string
}

/** From where a profile came; `failed`: the store gave no answer. */
export type ProfileSource = 'token' | 'store' | 'empty' | 'failed'

/** `pin`: nothing was decided anew, because the session's pin holds all. */
export type DecisionSource = ProfileSource | 'pin'

/** What core is asked, and from where its profile came. */
export interface LoadedQuestion {
  readonly question: DecisionQuestion
  readonly source: ProfileSource
}

interface LoadedProfile {
  readonly profile: Profile
  readonly source: ProfileSource
  readonly utcOffset: number | null
}

/** Reads who asks. What is forged, doubled or too long counts as absent. */
export function readVisit(
  { keys, site, compiled, clock, doNotTrack }: Site,
  { headers, url }: Request,
): Visit {
  const time = clock()
  const secure = url.startsWith('https:')
  const cookies = readCookies(headers.get('cookie'), secure)
  const preview = readPreview(keys, site, cookies.get(PREVIEW_COOKIE), time)
  // Programs are shown what is shown to somebody who allowed nothing.
  const said = cookies.get(cookies.has(PROGRAM_COOKIE) ? '' : CONSENT_COOKIE)
  const consent =
    preview?.consent ??
    readConsent(said, [headers.get('sec-gpc'), doNotTrack === 'obey' && headers.get('dnt')].includes('1'))
  const personal = isGranted(consent, 'preferences')
  // An answer to what was asked before a sign-out may bring the account's cookie back.
  const sealed = cookies.get(personal ? VISITOR_COOKIE : '')
  const visitor = decodeVisitor(keys, site, sealed, cookies.has(LEFT_COOKIE))
  const readPin = () =>
    (visitor && !preview && decodePin(keys, { site, visitor }, compiled.ruleset, cookies.get(PIN_COOKIE))) ||
    {}
  return { cookies, secure, preview, consent, personal, visitor, readPin, time }
}

/** Builds what core is asked: from the visitor token, else from one read of the store under its deadline. */
export async function loadQuestion(site: Site, visit: Visit, asked: Asked): Promise<LoadedQuestion> {
  const { preview, consent, visitor, personal, cookies } = visit
  const { profile, source, utcOffset } = await loadVisitorProfile(site, visit)
  // A profile is asked at or after its newest event; clocks of two machines may differ.
  const now = preview?.now ?? Math.max(visit.time, (profile.last?.seconds ?? 0) * 1000)
  const { geoHeaders, needed } = site
  const session = cookies.get(personal ? SESSION_COOKIE : '')
  const context = {
    ...buildContext(
      { ...asked, geoHeaders, visitor, session, firstSeen: profile.firstSeen, utcOffset, now },
      needed,
    ),
    ...preview?.context,
  }
  return { question: { profile, context, consent, now, visitor, assume: preview?.assume ?? {} }, source }
}

/** What the `Server-Timing` of a preview says; `undefined` for visitors, who are told nothing of how it was decided. */
export function timingOf(
  { clock }: Site,
  { preview, time }: Visit,
  source: DecisionSource,
): string | undefined {
  return preview && `attune;dur=${clock() - time};desc="${source}"`
}

async function loadVisitorProfile(
  { compiled, keys, site, unknown, store, deadline, report }: Site,
  { visitor, preview, cookies, time }: Visit,
): Promise<LoadedProfile> {
  const nobody: LoadedProfile = { profile: unknown, source: 'empty', utcOffset: null }
  if (!visitor || preview?.profile) return nobody
  const seconds = Math.floor(time / 1000)
  const token = decodeToken(keys, { site, visitor }, compiled, cookies.get(TOKEN_COOKIE), seconds)
  if (token !== undefined) return { ...token, source: 'token' }
  if (store === undefined) return nobody
  const profile = await loadProfile(store, visitor, compiled.plan, { deadline, onError: report })
  if (profile === undefined) return { ...nobody, source: 'failed' }
  return profile === null ? nobody : { ...nobody, profile, source: 'store' }
}
