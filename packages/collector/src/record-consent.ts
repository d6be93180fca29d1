import { type Consent, isGranted, PURPOSES, type Purpose } from '@attune/core'
import { type ConsentChange, type ConsentLog, isNotTold } from '@attune/storage/consent'
import { type AnswerLimits, createAnswerLimits } from './answer-limits.ts'
import { readBody } from './batch/read-body.ts'
import type { RequestRefusal } from './batch/refuse-request.ts'
import { readConsent } from './consent/read-consent.ts'
import { regionOf } from './consent/region-of.ts'
import { parseAnswer } from './consent-log/parse-answer.ts'
import { pseudonymsOf } from './consent-log/pseudonym.ts'
import { type AnswerRefusal, refuseAnswer } from './consent-log/refuse-answer.ts'
import { CONSENT_COOKIE } from './cookie-names.ts'
import { addressBlock, limitRequest } from './limit-request.ts'
import { type CollectorOptions, createSite, type Site } from './site.ts'
import { type CookieJar, openJar } from './token/cookie-jar.ts'

/** How to keep proof of consent: the collector's own options, and the log. */
export interface ConsentRecorderOptions extends CollectorOptions {
  readonly log: ConsentLog
  /** Bounds how many rows are kept. Recorders that follow one another in a process share one. Default `createAnswerLimits()`: never none. */
  readonly answerLimits?: AnswerLimits | undefined
}

/** Keeps proof of what visitors answered. */
export interface ConsentRecorder {
  /**
   * Answers `POST …/consent` of a page: keeps one row when the visitor's consent changed. What was granted is read from the cookie that
   * the page has just written, never from what it says. Never rejects; 204 says that the row is durable, 503 that it could not be kept,
   * 429 that `limiter`, or how many rows may be kept, lets no more through: `onError` hears of the first. What a known visitor takes back is bounded by themselves alone.
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
  const { log, secret, answerLimits = createAnswerLimits() } = options
  if (log === undefined) {
    throw new Error(
      '[collector] createConsentRecorder: `log` is missing. Create one with @attune/storage/consent-sqlite.',
    )
  }
  const site = createSite(options)
  const pseudonyms = (visitor: string): readonly [string, ...string[]] =>
    pseudonymsOf(secret, site.name, visitor)
  let isTold = false
  const onLimited = (): void => {
    if (!isTold) site.onError(new Error(LIMITED), 'consent')
    isTold = true
  }
  return {
    pseudonyms,
    handle: async (request) => {
      try {
        return await record(site, request, { log, pseudonyms, answerLimits, onLimited })
      } catch (error) {
        site.onError(error, 'consent')
        return answer(503, [['retry-after', '5']])
      }
    },
  }
}

interface Recording {
  readonly log: ConsentLog
  readonly answerLimits: AnswerLimits
  readonly pseudonyms: (visitor: string) => readonly [string, ...string[]]
  /** Hears that an answer is not kept. */
  readonly onLimited: () => void
}

/** Who answers what. */
interface Answered {
  readonly known: string | undefined
  readonly granted: readonly Purpose[]
  readonly isPersonal: boolean
}

async function record(site: Site, request: Request, recording: Recording): Promise<Response> {
  const { log, pseudonyms } = recording
  const refusal = refuseAnswer(request, site.allowedOrigins)
  if (refusal !== undefined) return refuse(refusal)
  const { headers, url } = request
  const jar = openJar(headers.get('cookie'), site, url.startsWith('https:'))
  const cookie = jar.get(CONSENT_COOKIE)
  const gpc = headers.get('sec-gpc')
  const consent = readConsent(cookie, gpc, { doNotTrack: headers.get('dnt'), rules: site.consentRules })
  // Who takes everything back is still known for this one row, and then no more.
  const isPersonal = isGranted(consent, 'preferences')
  const known = jar.readVisitor()
  const answered = { known, isPersonal, granted: grantedOf(consent) }
  const wait = await waitOf(site, request, recording, cookie === undefined ? undefined : answered)
  if (wait !== undefined) {
    recording.onLimited()
    // Without a row, yet who takes everything back is known no more.
    const gone = isPersonal || cookie === undefined ? [] : jar.forget(isGranted(consent, 'statistics'))
    return answer(429, [['retry-after', `${wait}`], ...gone.map((value) => ['set-cookie', value] as const)])
  }
  const body = await readBody(request)
  if ('refusal' in body) return refuse(body.refusal)
  const said = parseAnswer(body.text)
  if (said === undefined) return refuse(NO_ANSWER)
  if (cookie === undefined) return refuse(NOT_ASKED)
  const visitor = known ?? (isPersonal ? jar.createVisitor(undefined) : undefined)
  const isTold = await keep(site, log, {
    pseudonym: visitor === undefined ? null : pseudonyms(visitor)[0],
    time: site.clock(),
    granted: answered.granted,
    ...said,
    region: regionOf(site.context(request)) ?? null,
    globalPrivacyControl: gpc === '1',
  })
  const cookies = isPersonal ? becomeKnown(jar, known, visitor) : jar.forget(isGranted(consent, 'statistics'))
  const written = cookies.map((value) => ['set-cookie', value] as const)
  return isTold ? answer(204, written) : answer(503, [['retry-after', '5'], ...written])
}

/** After how many seconds an answer may come again; `undefined`: now. `answered` missing: nobody was asked, and no row comes of it. */
async function waitOf(
  site: Site,
  request: Request,
  { log, pseudonyms, answerLimits }: Recording,
  answered: Answered | undefined,
): Promise<number | undefined> {
  const limited = (): number | undefined => limitRequest(site, request, undefined)?.retryAfter
  if (answered === undefined) return limited()
  const { known: visitor, granted, isPersonal } = answered
  const takeBack = (): number | undefined => answerLimits({ address: undefined, visitor, takesBack: true })
  // However many come from the same address: what is not kept would go on being granted.
  if (visitor !== undefined && !isPersonal) return takeBack()
  const wait = limited() ?? answerLimits({ address: addressBlock(site, request), visitor })
  if (wait === undefined || visitor === undefined) return wait
  const last = await log.last(pseudonyms(visitor))
  const isLess = last?.granted.some((purpose) => !granted.includes(purpose)) ?? false
  return isLess ? takeBack() : wait
}

/** Whether a change is kept and every machine knows; a row that stands alone stands all the same, and the browser has to agree with it. */
async function keep(site: Site, log: ConsentLog, change: ConsentChange): Promise<boolean> {
  try {
    await log.append(change)
    return true
  } catch (error) {
    if (!isNotTold(error)) throw error
    site.onError(error, 'consent')
    return false
  }
}

// Written anew, a cookie that the browser has could come after that of a sign-in meanwhile, and in its place.
function becomeKnown(
  jar: CookieJar,
  known: string | undefined,
  visitor: string | undefined,
): readonly string[] {
  return known !== undefined || visitor === undefined ? [] : jar.writeVisitor(visitor)
}

function grantedOf(consent: Consent): readonly Purpose[] {
  return PURPOSES.filter((purpose) => purpose !== 'functional' && isGranted(consent, purpose)).sort()
}

const LIMITED =
  'More answers come than are kept: the page hears 429 and does not ask again, and no row proves what was answered. Withdrawals are kept. It is a flood, or --trusted-proxy (`trustedProxies`) does not name the proxy in front.'
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
