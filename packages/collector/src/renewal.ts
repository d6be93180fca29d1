import { isGranted, isObject, own } from '@attune/core'
import { answerLimited, answerRefusal } from './answer.ts'
import { readBody } from './batch/read-body.ts'
import { refuseRequest } from './batch/refuse-request.ts'
import { isBot } from './bot/is-bot.ts'
import { limitRequest } from './limit-request.ts'
import { writeTicket } from './live/ticket.ts'
import { type PlainAnswer, toResponse } from './plain-answer.ts'
import { consentOf } from './request-facts.ts'
import { type CollectorOptions, createSite, type Site } from './site.ts'
import { type CookieJar, openJar } from './token/cookie-jar.ts'

/** The collector's own options. */
export type RenewalOptions = CollectorOptions

/** Gives a page what a socket cannot: cookies, and the ticket that begins one. */
export interface Renewal {
  /**
   * Answers `POST …/socket` of a page: sets the visitor's token as the profile is now, takes the placements in `changed` out of the pin, and
   * gives a ticket for a socket. `{}` where there is no visitor that may be known. Never rejects; 503 says that the profile could not be read.
   */
  handle(request: Request): Promise<Response>
}

// Set beside the signed preview.
const PREVIEW = /(?:^|; ?)(?:__Host-)?attune_preview=/
const MOST_CHANGED = 100
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
        return toResponse(await renew(site, request))
      } catch (error) {
        site.onError(error, 'renew')
        return toResponse({ ...say({ error: 'store' }), status: 503 })
      }
    },
  }
}

async function renew(site: Site, request: Request): Promise<PlainAnswer> {
  const refusal = refuseRequest(request, site.allowedOrigins)
  if (refusal !== undefined) return answerRefusal(refusal)
  const cookie = request.headers.get('cookie')
  const jar = openJar(cookie, site, request.url.startsWith('https:'))
  const isPersonal = isGranted(consentOf(site, request, jar), 'preferences')
  const visitor = isPersonal ? jar.readVisitor() : undefined
  // By the address alone: a page asks once for a batch at most, and that was counted.
  const limited = limitRequest(site, request, undefined)
  if (limited !== undefined) return answerLimited(limited.retryAfter)
  const body = await readBody(request)
  if ('refusal' in body) return answerRefusal(body.refusal)
  // Who looks at a page as somebody else is not to have it change below their eyes.
  if (visitor === undefined || isProgram(request, jar) || PREVIEW.test(cookie ?? '')) return say({})
  const { changed, utcOffset } = parseWish(body.text)
  const now = site.clock()
  const profile = await site.store.load(visitor, site.compiled.plan)
  const pin = jar.readPin(visitor)
  const ticket = writeTicket({ keys: site.keys, site: site.name }, visitor, now)
  return say({ ticket }, [
    // Nothing is known of who was merged into an account: by now the browser may have its cookie.
    ...(profile === null
      ? []
      : [...jar.writeVisitor(visitor), ...jar.writeToken(visitor, profile, now, utcOffset)]),
    ...(pin === undefined || changed.length === 0 ? [] : jar.writePin(visitor, pin, changed)),
  ])
}

function isProgram({ headers }: Request, jar: CookieJar): boolean {
  return isBot(headers.get('user-agent')) || jar.readProgram() !== undefined
}

interface Wish {
  readonly changed: readonly string[]
  readonly utcOffset: number | undefined
}

// A page that says nothing sensible gets no less than one that says nothing.
function parseWish(text: string): Wish {
  const said = readObject(text)
  const changed = own(said, 'changed')
  const offset = own(said, 'utcOffset')
  const isOffset = typeof offset === 'number' && Number.isInteger(offset) && Math.abs(offset) <= MAX_OFFSET
  return {
    changed: Array.isArray(changed)
      ? changed.slice(0, MOST_CHANGED).filter((name) => typeof name === 'string')
      : [],
    utcOffset: isOffset ? offset : undefined,
  }
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
