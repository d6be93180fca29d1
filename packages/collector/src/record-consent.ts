import { type Consent, isGranted, PURPOSES, type Purpose } from '@attune/core'
import type { ConsentLog } from '@attune/storage/consent'
import { readBody } from './batch/read-body.ts'
import type { RequestRefusal } from './batch/refuse-request.ts'
import { readConsent } from './consent/read-consent.ts'
import { regionOf } from './consent/region-of.ts'
import { parseAnswer } from './consent-log/parse-answer.ts'
import { pseudonymsOf } from './consent-log/pseudonym.ts'
import { type AnswerRefusal, refuseAnswer } from './consent-log/refuse-answer.ts'
import { CONSENT_COOKIE } from './cookie-names.ts'
import { limitRequest } from './limit-request.ts'
import { type CollectorOptions, createSite, type Site } from './site.ts'
import { openJar } from './token/cookie-jar.ts'

/** How to keep proof of consent: the collector's own options, and the log. */
export interface ConsentRecorderOptions extends CollectorOptions {
  readonly log: ConsentLog
}

/** Keeps proof of what visitors answered. */
export interface ConsentRecorder {
  /**
   * Answers `POST …/consent` of a page: keeps one row when the visitor's consent changed. What was granted is read from the cookie that
   * the page has just written, never from what it says. Never rejects; 204 says that the row is durable, 503 that it could not be kept,
   * 429 that `limiter` lets no more through.
   */
  handle(request: Request): Promise<Response>
  /** The pseudonyms under which a visitor's rows are, for an export or an erasure. */
  pseudonyms(visitor: string): readonly string[]
}

/**
 * Creates a recorder.
 * @throws when an option is missing or the ruleset is not sound.
 */
export function createConsentRecorder(options: ConsentRecorderOptions): ConsentRecorder {
  const { log, secret } = options
  if (log === undefined) {
    throw new Error(
      '[collector] createConsentRecorder: `log` is missing. Create one with @attune/storage/consent-sqlite.',
    )
  }
  const site = createSite(options)
  const pseudonyms = (visitor: string): readonly [string, ...string[]] =>
    pseudonymsOf(secret, site.name, visitor)
  return {
    pseudonyms,
    handle: async (request) => {
      try {
        return await record(site, request, { log, pseudonyms })
      } catch (error) {
        site.onError(error, 'consent')
        return answer(503, [['retry-after', '5']])
      }
    },
  }
}

interface Recording {
  readonly log: ConsentLog
  readonly pseudonyms: (visitor: string) => readonly [string, ...string[]]
}

async function record(site: Site, request: Request, { log, pseudonyms }: Recording): Promise<Response> {
  const refusal = refuseAnswer(request, site.allowedOrigins)
  if (refusal !== undefined) return refuse(refusal)
  // Who takes everything back has to be let through, so it is counted by the address alone.
  const limited = limitRequest(site, request, undefined)
  if (limited !== undefined) return answer(429, [['retry-after', String(limited.retryAfter)]])
  const body = await readBody(request)
  if ('refusal' in body) return refuse(body.refusal)
  const said = parseAnswer(body.text)
  if (said === undefined) return refuse(NO_ANSWER)
  const { headers, url } = request
  const jar = openJar(headers.get('cookie'), site, url.startsWith('https:'))
  const cookie = jar.get(CONSENT_COOKIE)
  if (cookie === undefined) return refuse(NOT_ASKED)
  const gpc = headers.get('sec-gpc')
  const consent = readConsent(cookie, gpc, { doNotTrack: headers.get('dnt'), rules: site.consentRules })
  // Who takes everything back is still known for this one row, and then no more.
  const isPersonal = isGranted(consent, 'preferences')
  const visitor = jar.readVisitor() ?? (isPersonal ? jar.createVisitor(undefined) : undefined)
  await log.append({
    pseudonym: visitor === undefined ? null : pseudonyms(visitor)[0],
    time: site.clock(),
    granted: grantedOf(consent),
    ...said,
    region: regionOf(site.context(request)) ?? null,
    globalPrivacyControl: gpc === '1',
  })
  const cookies =
    isPersonal && visitor !== undefined
      ? jar.writeVisitor(visitor)
      : jar.forget(isGranted(consent, 'statistics'))
  return answer(
    204,
    cookies.map((value) => ['set-cookie', value] as const),
  )
}

function grantedOf(consent: Consent): readonly Purpose[] {
  return PURPOSES.filter((purpose) => purpose !== 'functional' && isGranted(consent, purpose)).sort()
}

const NO_ANSWER: AnswerRefusal = {
  status: 400,
  error: 'malformed',
  message: 'An answer is { "by": "accept", "text": "2026-11" }: a short name each, without blanks.',
}
const NOT_ASKED: AnswerRefusal = {
  status: 400,
  error: 'not-asked',
  message: `There is no cookie ${CONSENT_COOKIE}. Write the answer before telling of it.`,
}

function refuse({ status, error, message }: AnswerRefusal | RequestRefusal): Response {
  const allow = status === 405 ? ([['allow', 'POST']] as const) : []
  return answer(status, [['content-type', 'application/json'], ...allow], JSON.stringify({ error, message }))
}

function answer(
  status: number,
  headers: readonly (readonly [string, string])[] = [],
  body: string | null = null,
): Response {
  const all = [['cache-control', 'no-store'], ...headers].map(([name, value]): [string, string] => [
    name!,
    value!,
  ])
  return new Response(body, { status, headers: all })
}
