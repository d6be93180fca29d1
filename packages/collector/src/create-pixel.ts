import { type Consent, liveSecrets, toBase64Url } from '@attune/core'
import type { Collector } from './collect.ts'
import { VISITOR_COOKIE } from './cookie-names.ts'
import { limitRequest } from './limit-request.ts'
import { notePeer, peerOf } from './peer.ts'
import { answerGif } from './pixel/answer-gif.ts'
import { isUnseen } from './pixel/is-unseen.ts'
import { openMail } from './pixel/mail-link.ts'
import { type CollectorOptions, createSite, type Site } from './site.ts'

/** How pixels are heard: the collector's own options, and the collector. */
export interface PixelOptions extends CollectorOptions {
  /** Takes the events. */
  readonly collector: Pick<Collector, 'handle' | 'ingest'>
  /** The secret that servers make links for mails with (`createPixelLink`): at least 32 characters; of several the newest first. Default: mails are not heard. */
  readonly mailSecret?: string | readonly string[] | undefined
  /** What a visitor grants today, when a mail is opened. Default: what the link says that was granted when it was made. */
  readonly consent?: ((visitor: string, said: Consent) => Consent | Promise<Consent>) | undefined
}

/** Answers a picture of one pixel, for mails and for pages without scripts. */
export interface Pixel {
  /**
   * Answers `GET …/pixel.gif?m=<link>` of a mail, which is an `email_open`, and `GET …/pixel.gif?e=page_view` of a page. Never rejects, and
   * always answers the picture.
   */
  handle(request: Request): Promise<Response>
}

/** What a page without scripts may say: it shows no proof of anything else. */
const PAGE_EVENT = 'page_view'
/** What a mail may say. */
const MAIL_EVENT = 'email_open'
// A picture that is asked for again at once is the same page view.
const SAME_VIEW_MS = 2_000

interface Answering {
  readonly site: Site
  readonly collector: PixelOptions['collector']
  readonly secrets: readonly string[]
  readonly consent: NonNullable<PixelOptions['consent']>
}

/**
 * Creates what answers pixels.
 * @throws when an option is missing, the ruleset is not sound or `mailSecret` is short.
 */
export function createPixel(options: PixelOptions): Pixel {
  const { collector, mailSecret = [], consent = (_, said) => said, ...rest } = options
  const secrets = liveSecrets(mailSecret)
  if (secrets.some((secret) => secret.length < 32))
    throw new Error(
      '[collector] createPixel: `mailSecret` has fewer than 32 characters. Use that of your servers.',
    )
  const answering: Answering = { site: createSite(rest), collector, secrets, consent }
  return {
    handle: async (request) => {
      try {
        return await answer(answering, request)
      } catch (error) {
        answering.site.onError(error, 'pixel')
        return answerGif()
      }
    },
  }
}

async function answer(answering: Answering, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const link = searchParams.get('m')
  if (request.method !== 'GET') return answerGif()
  if (link !== null) {
    await hearMail(answering, request, link)
    return answerGif()
  }
  return searchParams.get('e') === PAGE_EVENT ? hearPage(answering, request) : answerGif()
}

async function hearMail(answering: Answering, request: Request, link: string): Promise<void> {
  const { site, collector, secrets } = answering
  if (limitRequest(site, request, undefined) !== undefined) return
  const mail = await openMail(link, { secrets, site: site.name })
  const now = site.clock()
  if (mail === undefined) return refuse(site, 'link')
  if (mail.until * 1000 < now) return refuse(site, 'too-late')
  if (isUnseen(request)) return refuse(site, 'bot/unseen')
  const { visitor, campaign } = mail
  const properties = campaign === undefined ? {} : { campaign }
  // Of one link there is one event, however often it is opened.
  const event = { id: await idOf(link), name: MAIL_EVENT, time: now, properties }
  const userAgent = request.headers.get('user-agent') ?? undefined
  const consent = await answering.consent(visitor, mail.consent)
  const batch = { visitor, consent, events: [event], isFollowed: false }
  await collector.ingest({ ...batch, ...(userAgent && { userAgent }) })
}

// The event is a batch like those of the tracker: the same limits, the same cookies, the same refusals.
async function hearPage({ site, collector }: Answering, request: Request): Promise<Response> {
  const page = pageOf(request)
  if (page === undefined || isUnseen(request)) return answerGif()
  const { headers, url } = request
  const now = site.clock()
  const id = await idOf(`${whoOf(headers, site)}\n${page.href}\n${Math.floor(now / SAME_VIEW_MS)}`)
  const event = { id, name: PAGE_EVENT, time: now, properties: { page_path: page.pathname } }
  const body = JSON.stringify({ page: page.pathname, events: [event] })
  const batch = new Request(url, { method: 'POST', headers: headersOf(headers), body })
  notePeer(batch, peerOf(request))
  const answered = await collector.handle(batch)
  return answerGif(answered.headers.getSetCookie())
}

// All that tells of the visitor is told on; what tells of a body, or asks for one, is not.
function headersOf(headers: Headers): Headers {
  const all = new Headers([...headers])
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding', 'attune-ask'])
    all.delete(name)
  all.set('content-type', 'application/json')
  return all
}

// Pages of other sites may show the picture as well: theirs are not ours to count. A browser sets all three itself.
function pageOf({ headers, url }: Request): URL | undefined {
  const from = headers.get('sec-fetch-site')
  const referrer = headers.get('referer') ?? ''
  if ((from !== null && from !== 'same-origin') || !URL.canParse(referrer)) return undefined
  const page = new URL(referrer)
  return page.host === headers.get('host') || page.host === new URL(url).host ? page : undefined
}

// Those who are not known by anything have the same cookies.
function whoOf(headers: Headers, { randomBytes }: Site): string {
  const cookie = headers.get('cookie') ?? ''
  return cookie.includes(VISITOR_COOKIE) ? cookie : toBase64Url(randomBytes(16))
}

async function refuse({ store, clock }: Site, reason: string): Promise<void> {
  await store.reject([{ reason, time: clock(), event: '' }])
}

async function idOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return toBase64Url(new Uint8Array(digest)).slice(0, 22)
}
