import { toBase64Url } from '@attune/core'
import { type AuditedAct, unwritten } from './audited-act.ts'
import { readBody } from './batch/read-body.ts'
import { pseudonymsOf } from './consent-log/pseudonym.ts'
import { isSameOrigin } from './consent-log/refuse-answer.ts'
import { limitRequest } from './limit-request.ts'
import { consentOf } from './request-facts.ts'
import { createFormTokens, FORM_SECONDS, type FormAction, type FormTokens } from './rights/form-tokens.ts'
import { type MyDataWords, WORDS } from './rights/page-words.ts'
import { type PageFrame, renderData, renderNotice } from './rights/render-page.ts'
import { summariseRecord } from './rights/summarise-record.ts'
import { createReplayGuard, type ReplayGuard } from './server-events/create-replay-guard.ts'
import { type CollectorOptions, createSite, type Site } from './site.ts'
import { type CookieJar, openJar } from './token/cookie-jar.ts'
import { eraseVisitorData, exportVisitorData, type VisitorDataSource } from './visitor-data.ts'

/** What the visitor's own page is made of: the collector's own options, and what is said on it. */
export interface MyDataOptions extends Omit<CollectorOptions, 'store'> {
  readonly store: CollectorOptions['store'] & VisitorDataSource['store']
  /** Proof of what visitors answered, which they get as well. Default none. */
  readonly log?: VisitorDataSource['log']
  /** What the page says, where it is to say something else; every word may be changed. Default English. */
  readonly words?: Partial<MyDataWords> | undefined
  /** The language of the words, as in `en`. Default `en`. */
  readonly lang?: string | undefined
  /** Where the site's own pages are. Default `/`. */
  readonly home?: string | undefined
  /** Takes each button that deletes once, and knows it for 15 minutes: `createButtonGuard`. Default: in memory, which is right for one process. */
  readonly replays?: ReplayGuard | undefined
  /** Writes down that a visitor took or erased what is theirs. Default nowhere. */
  readonly writeDown?: AuditedAct | undefined
}

/** Shows visitors what is kept of them, and lets them take it or delete it. */
export interface MyData {
  /**
   * Answers `GET …/my-data` with a page, `POST …/my-data/download` with all that is kept as JSON, and `POST …/my-data/erase`. Whose it is says
   * the signed cookie and nothing else. Never rejects.
   */
  handle(request: Request): Promise<Response>
}

interface Showing extends VisitorDataSource {
  readonly site: Site
  readonly tokens: FormTokens
  readonly replays: ReplayGuard
  readonly writeDown: AuditedAct
  readonly frame: Omit<PageFrame, 'path' | 'nonce'>
}

const ACTION = /\/(download|erase)$/
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i
const FIELDS: { readonly [action in FormAction]: readonly string[] } = {
  download: ['token'],
  erase: ['token', 'sure'],
}

/** Creates what takes each button that deletes once, in memory: pages that are made anew, for another ruleset, go on with the same one. */
export function createButtonGuard(): ReplayGuard {
  return createReplayGuard(50_000, FORM_SECONDS * 1000)
}

/**
 * Creates the page.
 * @throws when an option is missing or the ruleset is not sound.
 */
export function createMyData(options: MyDataOptions): MyData {
  const { store, log, secret, words, lang = 'en', home = '/', replays, writeDown = unwritten } = options
  const site = createSite(options)
  const showing: Showing = {
    site,
    store,
    log,
    pseudonyms: (visitor) => pseudonymsOf(secret, site.name, visitor),
    tokens: createFormTokens(site.keys, site.name, site.randomBytes),
    replays: replays ?? createButtonGuard(),
    writeDown,
    frame: { words: { ...WORDS, ...words }, lang, home },
  }
  return {
    handle: async (request) => {
      const frame = frameOf(showing, request)
      try {
        return await answer(showing, request, frame)
      } catch (error) {
        site.onError(error, 'my-data')
        return say(frame, 503, renderNotice(frame, frame.words.trouble, frame.words.troubleWhy, true))
      }
    },
  }
}

async function answer(showing: Showing, request: Request, frame: PageFrame): Promise<Response> {
  const { site } = showing
  const [, action] = ACTION.exec(new URL(request.url).pathname) ?? []
  const isForm = action !== undefined
  const allowed = isForm ? ['POST'] : ['GET', 'HEAD']
  if (!allowed.includes(request.method)) return refuse(frame, 405, [['allow', allowed.join(', ')]])
  const limited = limitRequest(site, request, undefined)
  if (limited !== undefined) return refuse(frame, 429, [['retry-after', `${limited.retryAfter}`]])
  const jar = openJar(request.headers.get('cookie'), site, request.url.startsWith('https:'))
  const visitor = jar.readVisitor()
  // The pattern has no others.
  if (isForm) return press(showing, request, { action: action as FormAction, visitor, jar, frame })
  if (visitor === undefined)
    return say(frame, 200, renderNotice(frame, frame.words.title, frame.words.nobody))
  return show(showing, request, { visitor, jar, frame })
}

interface Asked {
  readonly visitor: string | undefined
  readonly jar: CookieJar
  readonly frame: PageFrame
}

async function show(
  { site, store, tokens }: Showing,
  request: Request,
  { visitor, jar, frame }: Asked & { readonly visitor: string },
): Promise<Response> {
  const record = await store.exportVisitor(visitor)
  const nothing = { visitor, profile: null, base: null, events: [], rejected: [] }
  const subject = { summary: summariseRecord(record ?? nothing), consent: consentOf(site, request, jar) }
  const now = site.clock()
  const made = {
    download: tokens.make(visitor, 'download', now),
    erase: tokens.make(visitor, 'erase', now),
  }
  return say(frame, 200, renderData(frame, subject, made))
}

async function press(
  showing: Showing,
  request: Request,
  { action, visitor, jar, frame }: Asked & { readonly action: FormAction },
): Promise<Response> {
  const { site, tokens, replays, writeDown } = showing
  const fields = isOurs(request) ? await readFields(request, FIELDS[action]) : undefined
  const now = site.clock()
  const nonce =
    fields === undefined || visitor === undefined
      ? undefined
      : tokens.read(fields.get('token') ?? '', visitor, action, now)
  // Nobody learns which of these it was.
  if (nonce === undefined || visitor === undefined) return refuse(frame, 403)
  if (action === 'erase') {
    // A guard that is full closes nobody's buttons: pressed twice, it erases what is erased.
    if ((await replays.claim(nonce, now)) === 'seen') return refuse(frame, 403)
    await writeDown({ action: 'profile.erase', actor: 'visitor', subject: visitor }, async () => {
      const { profiles, events, rejected, queued } = await eraseVisitorData(showing, visitor, now)
      return { value: undefined, counts: { profiles, events, rejected, queued } }
    })
    const { erased, erasedWhy } = frame.words
    return say(frame, 200, renderNotice(frame, erased, erasedWhy), jar.letGo(now).map(toSetCookie))
  }
  const document = await writeDown(
    { action: 'profile.export', actor: 'visitor', subject: visitor },
    async () => {
      const value = await exportVisitorData(showing, visitor, now)
      return { value, counts: { events: value?.events.length ?? 0, rejected: value?.rejected.length ?? 0 } }
    },
  )
  return new Response(`${JSON.stringify(document, null, 2)}\n`, {
    headers: [
      ['content-type', 'application/json'],
      ['content-disposition', 'attachment; filename="my-data.json"'],
      ['cache-control', 'private, no-store'],
      ['x-content-type-options', 'nosniff'],
    ],
  })
}

// A page of another site can neither read the token nor send the form as one of ours.
function isOurs({ headers, url }: Request): boolean {
  const from = headers.get('sec-fetch-site')
  if (from !== null && from !== 'same-origin') return false
  if (!isSameOrigin(headers.get('origin') ?? '', url, headers.get('host'))) return false
  return FORM_TYPE.test(headers.get('content-type') ?? '') && !headers.has('content-encoding')
}

// Each field once, and no other: nothing that somebody adds can name anybody.
async function readFields(
  request: Request,
  names: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  if (new URL(request.url).search !== '') return undefined
  const body = await readBody(request)
  if ('refusal' in body) return undefined
  const fields = [...new URLSearchParams(body.text)]
  const isWhole =
    fields.length === names.length && names.every((name) => fields.some(([one]) => one === name))
  return isWhole ? new Map(fields) : undefined
}

function frameOf({ site, frame }: Showing, request: Request): PageFrame {
  const path = new URL(request.url).pathname.replace(ACTION, '').replace(/\/$/, '')
  return { ...frame, path, nonce: toBase64Url(site.randomBytes(18)) }
}

function refuse(frame: PageFrame, status: number, headers: readonly [string, string][] = []): Response {
  const { refused, refusedWhy } = frame.words
  return say(frame, status, renderNotice(frame, refused, refusedWhy, true), headers)
}

function toSetCookie(cookie: string): [string, string] {
  return ['set-cookie', cookie]
}

function say(
  { nonce }: PageFrame,
  status: number,
  html: string,
  headers: readonly [string, string][] = [],
): Response {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
  return new Response(html, {
    status,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-security-policy', policy],
      ['cache-control', 'private, no-store'],
      // With less a browser would not say where the form came from.
      ['referrer-policy', 'same-origin'],
      ['x-content-type-options', 'nosniff'],
      ...headers,
    ],
  })
}
