import { isGranted, isObject, own, readSession } from '@attune/core'
import { answerLimited, answerRefusal } from './answer.ts'
import { type AskedPlacements, noteAskedPlacements } from './asked-placements.ts'
import { readBody } from './batch/read-body.ts'
import { refuseRequest } from './batch/refuse-request.ts'
import { isBot } from './bot/is-bot.ts'
import { SESSION_COOKIE } from './cookie-names.ts'
import { decideNow } from './decide-now.ts'
import { isLeftBehind } from './left-behind.ts'
import { limitRequest } from './limit-request.ts'
import { writeTicket } from './live/ticket.ts'
import { type PlainAnswer, toResponse } from './plain-answer.ts'
import { loadUpTo, type Pause } from './profile/load-up-to.ts'
import { consentOf, contextOf } from './request-facts.ts'
import { type CollectorOptions, createSite, type Site } from './site.ts'
import { type CookieJar, openJar } from './token/cookie-jar.ts'

/** The collector's own options. */
export interface RenewalOptions extends CollectorOptions {
  /** Waits so many milliseconds. Default: with a timer. */
  readonly pause?: (milliseconds: number) => Promise<unknown>
}

/** Gives a page what a socket cannot: cookies, and the ticket that begins one. */
export interface Renewal {
  /**
   * Answers `POST …/socket` of a page: gives a ticket for a socket and tells what the `placements` of the page show now; or, asked about none, sets the
   * visitor's token as the profile is now and takes the placements in `changed` out of the pin. `{}` where there is no visitor that may be known. Never rejects; 503 says that the profile could not be read, or does not
   * reach up to `upTo` yet: another process took the batch, and no worker has folded it.
   */
  handle(request: Request): Promise<Response>
}

// Set beside the signed preview.
const PREVIEW = /(?:^|; ?)(?:__Host-)?attune_preview=/
const MOST_CHANGED = 100
// As of a message over a socket.
const MOST_PLACEMENTS = 20
const MOST_ADDRESS = 2_048
// The farthest zones are UTC−12 and UTC+14; a little more does no harm.
const MAX_OFFSET = 15 * 60

/**
 * Creates it.
 * @throws when an option is missing or the ruleset is not sound.
 */
export function createRenewal(options: RenewalOptions): Renewal {
  const site = createSite(options)
  return {
    handle: async (request) => {
      try {
        return toResponse(await renew(site, request, options.pause ?? setTimer))
      } catch (error) {
        site.onError(error, 'renew')
        return toResponse({ ...say({ error: 'store' }), status: 503 })
      }
    },
  }
}

async function renew(site: Site, request: Request, pause: Pause): Promise<PlainAnswer> {
  const refusal = refuseRequest(request, site.allowedOrigins)
  if (refusal !== undefined) return answerRefusal(refusal)
  const cookie = request.headers.get('cookie')
  const jar = openJar(cookie, site, request.url.startsWith('https:'))
  const consent = consentOf(site, request, jar)
  const isPersonal = isGranted(consent, 'preferences')
  const visitor = isPersonal ? jar.readVisitor() : undefined
  // By the address alone: a page asks once for a batch at most, and that was counted.
  const limited = limitRequest(site, request, undefined)
  if (limited !== undefined) return answerLimited(limited.retryAfter)
  const body = await readBody(request)
  if ('refusal' in body) return answerRefusal(body.refusal)
  // Who looks at a page as somebody else is not to have it change below their eyes.
  if (visitor === undefined || isProgram(request, jar) || PREVIEW.test(cookie ?? '')) return say({})
  const wish = parseWish(body.text)
  const { utcOffset, upTo } = wish
  const now = site.clock()
  const profile = await loadUpTo(upTo, pause, () => site.store.load(visitor, site.compiled.plan))
  // The page sends its batch again by HTTP, whose answer knows it whoever gives it.
  if (profile === undefined) return { ...say({ error: 'behind' }), status: 503 }
  if (profile === null && (await isLeftBehind(site, visitor))) return say({}, jar.forgetChosen())
  const pin = jar.readPin(visitor)
  const ticket = writeTicket({ keys: site.keys, site: site.name }, visitor, now, request.headers)
  const session = readSession(jar.get(SESSION_COOKIE), now)
  noteAskedPlacements(request, wish)
  const question = { context: contextOf(site, request, { utcOffset }, session), consent, now, visitor }
  const shown = decideNow(site, { question, pin: pin ?? {}, profile, placements: wish.placements })
  const changed = [...wish.changed, ...shown.changed]
  return say({ ticket, ...shown.told }, [
    // Nothing is known of who was merged into an account: by now the browser may have its cookie. Who only looks may be answered after a batch that was
    // sent later, whose token is the newer one.
    ...(profile === null || wish.placements.length > 0
      ? []
      : [...jar.writeVisitor(visitor), ...jar.writeToken(visitor, profile, now, utcOffset)]),
    ...(pin === undefined || changed.length === 0 ? [] : jar.writePin(visitor, pin, changed)),
  ])
}

function setTimer(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}

function isProgram({ headers }: Request, jar: CookieJar): boolean {
  return isBot(headers.get('user-agent')) || jar.readProgram() !== undefined
}

interface Wish extends AskedPlacements {
  readonly changed: readonly string[]
  readonly utcOffset: number | undefined
  /** `newestMark` of the profile by which the page's placements were decided; '' when it says none. */
  readonly upTo: string
}

// A page that says nothing sensible gets no less than one that says nothing.
function parseWish(text: string): Wish {
  const said = readObject(text)
  const changed = own(said, 'changed')
  const offset = own(said, 'utcOffset')
  const upTo = own(said, 'upTo')
  const page = own(said, 'page')
  const isOffset = typeof offset === 'number' && Number.isInteger(offset) && Math.abs(offset) <= MAX_OFFSET
  return {
    changed: namesIn(changed, MOST_CHANGED),
    placements: namesIn(own(said, 'placements'), MOST_PLACEMENTS),
    page: typeof page === 'string' && page.length <= MOST_ADDRESS ? page : undefined,
    utcOffset: isOffset ? offset : undefined,
    upTo: typeof upTo === 'string' ? upTo : '',
  }
}

function namesIn(value: unknown, most: number): readonly string[] {
  return Array.isArray(value) ? value.slice(0, most).filter((name) => typeof name === 'string') : []
}

function readObject(text: string): { readonly [key: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function say(body: object, cookies: readonly string[] = []): PlainAnswer {
  return {
    status: 200,
    headers: [
      ['content-type', 'application/json'],
      ['cache-control', 'no-store'],
      ...cookies.map((cookie) => ['set-cookie', cookie] as const),
    ],
    text: JSON.stringify(body),
  }
}
