import { isGranted, liveSecrets, own } from '@attune/core'
import type { VisitorMerging } from '@attune/storage'
import type { ConsentLog } from '@attune/storage/consent'
import { readBody } from './batch/read-body.ts'
import type { RequestRefusal } from './batch/refuse-request.ts'
import { pseudonymsOf } from './consent-log/pseudonym.ts'
import { refuseAnswer } from './consent-log/refuse-answer.ts'
import { parseTelling } from './identity/parse-telling.ts'
import { isLeftBehind } from './left-behind.ts'
import { limitRequest } from './limit-request.ts'
import { type PlainAnswer, toResponse } from './plain-answer.ts'
import { consentOf } from './request-facts.ts'
import { createReplayGuard, type ReplayGuard } from './server-events/create-replay-guard.ts'
import { FRESH_SECONDS, readSignature, SIGNATURE_HEADER } from './server-events/signature.ts'
import {
  type KnownPerson,
  keepTraits,
  type MergingSite,
  type Person,
  type SignedIn,
  signIn,
} from './sign-in.ts'
import { type CollectorOptions, createSite } from './site.ts'
import { openJar } from './token/cookie-jar.ts'
import { leaveCookies } from './token/leave-cookies.ts'

/** How people are known who sign in: the collector's own options, and who may say so. */
export interface IdentityOptions extends Omit<CollectorOptions, 'store'> {
  /** Every store of `@attune/storage` can make one visitor of two. */
  readonly store: CollectorOptions['store'] & VisitorMerging
  /** Proof of consent, where it is noted whose answers of before a sign-in are: with it an export of the account has them. Default nowhere. */
  readonly log?: Pick<ConsentLog, 'absorb'> | undefined
  /** The secret with which servers sign: at least 32 characters; of several the newest first. Without it `identify` hears nobody. */
  readonly serverSecret?: string | readonly string[] | undefined
  /** Takes each signature once. Default: in memory, which is right for one process. */
  readonly replays?: ReplayGuard | undefined
  /** Traits that a visitor's own browser is told: those that the preference centre asks for. Default none. */
  readonly shownTraits?: readonly string[] | undefined
}

/** Knows people who sign in, on all of their devices. */
export interface Identity {
  /**
   * Joins what was done in a browser before to the account of whoever signs in there; `request` is the visitor's own. Only call it where the
   * site has just made sure who it is. Called again it changes nothing. Without consent to `preferences` nothing is joined.
   * Rejects when the store does.
   */
  signIn(request: Request, person: Person): Promise<SignedIn>
  /** The `Set-Cookie` values with which a browser begins anew: whoever comes next is nobody's heir. */
  signOut(request: Pick<Request, 'headers' | 'url'>): readonly string[]
  /** Keeps traits of a user who need not be there. Answers whether they were taken. Rejects when the store does. */
  tell(person: KnownPerson): Promise<Taken>
  /** Answers `POST …/identify`: a server's signed word that somebody signs in, or what it knows of them. Never rejects. */
  identify(request: Request): Promise<Response>
  /** Answers `POST …/sign-out` of a page of the site. Never rejects. */
  leave(request: Request): Promise<Response>
  /** Answers `GET …/traits`: what is known of this browser's visitor, of those traits that may be shown, and which these are. Never rejects. */
  traits(request: Request): Promise<Response>
}

/** Whether traits were taken, and why not. */
export interface Taken {
  readonly isTaken: boolean
  /** Why nothing was. */
  readonly reason?: string | undefined
  readonly message?: string | undefined
}

interface Hearing {
  readonly site: MergingSite
  readonly secrets: readonly string[]
  readonly replays: ReplayGuard
  readonly shown: readonly string[]
}

/**
 * Creates it.
 * @throws when an option is missing, a secret is short, the ruleset is not sound, or a shown trait is not declared.
 */
export function createIdentity(options: IdentityOptions): Identity {
  const { store, serverSecret, replays = createReplayGuard(), shownTraits = [] } = options
  const secrets = liveSecrets(serverSecret ?? [])
  if (secrets.some((secret) => secret.length < 32)) {
    throw new Error(
      '[collector] createIdentity: `serverSecret` has fewer than 32 characters. Make a longer one.',
    )
  }
  const made = createSite(options)
  const site: MergingSite = { ...made, store, noteProofs: noteIn(options, made.name) }
  const unknown = shownTraits.find((name) => own(site.asked.traits, name) === undefined)
  if (unknown !== undefined) {
    throw new Error(
      `[collector] createIdentity: \`shownTraits\` names ${JSON.stringify(unknown)}, which the ruleset does not declare. Declare it under traits.`,
    )
  }
  const hearing: Hearing = { site, secrets, replays, shown: shownTraits }
  return {
    signIn: (request, person) => signIn(site, request, person),
    signOut: (request) => leaveCookies(request, site.clock()),
    tell: (told) => tell(site, told),
    identify: (request) => safely(site, 'identify', () => hearServer(hearing, request)),
    leave: (request) => safely(site, 'sign-out', () => leave(site, request)),
    traits: (request) => safely(site, 'traits', () => tellTraits(hearing, request)),
  }
}

function noteIn({ log, secret }: IdentityOptions, site: string): MergingSite['noteProofs'] {
  const names = (visitor: string) => pseudonymsOf(secret, site, visitor)
  return log && ((from, into, at) => log.absorb(names(from), names(into)[0], at))
}

async function hearServer({ site, secrets, replays }: Hearing, request: Request): Promise<PlainAnswer> {
  if (request.method !== 'POST') return refuse(METHOD)
  const body = await readBody(request)
  if ('refusal' in body) return refuse(body.refusal)
  const signing = { secrets, site: site.name, kind: 'identify' as const }
  const signature = await readSignature(body.text, request.headers.get(SIGNATURE_HEADER), signing)
  if (signature === undefined) return refuse(UNSIGNED)
  const now = site.clock()
  if (Math.abs(signature.unix - now / 1000) > FRESH_SECONDS) return refuse(STALE)
  const claim = await replays.claim(signature.nonce, now)
  if (claim === 'seen') return refuse(REPLAYED)
  if (claim === 'full') return answerBusy(60)
  const telling = parseTelling(body.text)
  if (typeof telling === 'string') return refuse({ status: 400, error: 'malformed', message: telling })
  if (!('request' in telling)) return answer(200, { ...(await tell(site, telling)) })
  const { outcome, cookies } = await signIn(site, telling.request, telling)
  // In the body as well: not every client lets its caller see `Set-Cookie`.
  return answer(200, { outcome, cookies }, cookies.map(toSetCookie))
}

async function tell(site: MergingSite, told: KnownPerson): Promise<Taken> {
  const [account] = site.accounts.of(told.userId)
  const { accepted, rejected } = await keepTraits(site, account, told)
  if (accepted > 0) return { isTaken: true }
  return { isTaken: false, reason: rejected[0]?.reason, message: rejected[0]?.message }
}

async function leave(site: MergingSite, request: Request): Promise<PlainAnswer> {
  const refusal = refuseAnswer(request, site.allowedOrigins)
  if (refusal !== undefined) return refuse(refusal)
  const cookies = leaveCookies(request, site.clock())
  return answer(200, { outcome: 'signed-out' }, cookies.map(toSetCookie))
}

async function tellTraits({ site, shown }: Hearing, request: Request): Promise<PlainAnswer> {
  if (request.method !== 'GET') return refuse({ ...METHOD, message: 'Traits are asked for with GET.' }, 'GET')
  const from = request.headers.get('sec-fetch-site')
  if (from !== null && from !== 'same-origin') return refuse(FOREIGN)
  const limited = limitRequest(site, request, undefined)
  if (limited !== undefined) return answerBusy(limited.retryAfter, 429)
  const jar = openJar(request.headers.get('cookie'), site, request.url.startsWith('https:'))
  const consent = consentOf(site, request, jar)
  const visitor = isGranted(consent, 'preferences') ? jar.readVisitor() : undefined
  const profile = visitor === undefined ? null : await site.store.load(visitor, site.compiled.plan)
  if (visitor !== undefined && profile === null && (await isLeftBehind(site, visitor)))
    return answer(200, { traits: {}, shown }, jar.forgetChosen().map(toSetCookie))
  const { traits: definitions } = site.asked
  const traits = shown.flatMap((name) => {
    const value = own(profile?.traits ?? {}, name)
    const mayTell = isGranted(consent, definitions[name]?.purpose ?? 'preferences')
    return value === undefined || !mayTell ? [] : [[name, value] as const]
  })
  // Names only, the same for everybody: a preference centre that asks for others learns that it cannot read its answers back.
  return answer(200, { traits: Object.fromEntries(traits), shown })
}

async function safely(site: MergingSite, step: string, work: () => Promise<PlainAnswer>): Promise<Response> {
  try {
    return toResponse(await work())
  } catch (error) {
    site.onError(error, step)
    return toResponse(answerBusy(1))
  }
}

const METHOD: RequestRefusal = { status: 405, error: 'method', message: 'This is asked with POST.' }
const FOREIGN: RequestRefusal = {
  status: 403,
  error: 'origin',
  message: 'Only pages of this site may ask what is known of their visitor.',
}
const UNSIGNED: RequestRefusal = {
  status: 403,
  error: 'signature',
  message:
    'This is not signed with this site’s server secret. Send it with createIdentitySender of @attune/collector/server.',
}
const STALE: RequestRefusal = {
  status: 403,
  error: 'stale',
  message: 'This was signed more than 5 minutes ago or ahead. Set the clock and sign it anew.',
}
const REPLAYED: RequestRefusal = {
  status: 403,
  error: 'replayed',
  message: 'This signature was used before. Sign each try anew.',
}

const HEADERS: PlainAnswer['headers'] = [
  ['content-type', 'application/json'],
  ['cache-control', 'private, no-store'],
]

function answer(status: number, body: object, headers: PlainAnswer['headers'] = []): PlainAnswer {
  return { status, headers: [...HEADERS, ...headers], text: JSON.stringify(body) }
}

function toSetCookie(cookie: string): readonly [string, string] {
  return ['set-cookie', cookie]
}

function refuse({ status, error, message }: Refused, allow = 'POST'): PlainAnswer {
  return answer(status, { error, message }, status === 405 ? [['allow', allow]] : [])
}

function answerBusy(seconds: number, status = 503): PlainAnswer {
  const message = 'This cannot be answered now. Ask again later.'
  return answer(status, { error: status === 429 ? 'rate' : 'store', message }, [
    ['retry-after', String(seconds)],
  ])
}

type Refused = Pick<RequestRefusal, 'error' | 'message'> & { readonly status: number }
