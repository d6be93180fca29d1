import { liveSecrets } from '@attune/core'
import { GEO_PRESETS } from './context/geo.ts'
import { followRuleset } from './follow-ruleset.ts'
import { NEVER_STORED, VARIANT } from './host/cache-control.ts'
import { isCollectPath, isEndpoint, refuse } from './host/endpoints.ts'
import { patiently, type WaitUntil } from './host/patiently.ts'
import { type HostOptions, settleCacheControl } from './host.ts'
import { createPersonalizer, type Personalizer } from './personalize.ts'
import { readSecret } from './read-secret.ts'
import { isInternalPath } from './route/internal-path.ts'
import { createSite, type Site } from './site.ts'
import { loadQuestion, readVisit, timingOf } from './visit.ts'
import { asksForSharedPage, carriesOthersCookies, withWordPressConsent } from './worker/asks-wordpress.ts'
import { chooseVariant } from './worker/choose-variant.ts'
import { withPlace } from './worker/geo-request.ts'
import { createHandshake, type Handshake } from './worker/handshake.ts'
import { type CreateRewriter, findRewriter } from './worker/html-rewriter.ts'
import { lifetimeOf } from './worker/lifetime.ts'
import { createOrigin, type Origin } from './worker/origin.ts'
import { createPageCache, type PageCache } from './worker/page-cache.ts'
import { personalSegments } from './worker/personal-segments.ts'
import { type Choose, rewriteSlots } from './worker/rewrite-slots.ts'
import { forgetAll, hasSlots, isHtml, isUnreadable, isUnshared, noteUnshared } from './worker/slots-answer.ts'
import { openOnce, type WorkerContext, type WorkerHandler } from './worker/worker-handler.ts'

/**
 * How a Worker stands before a WordPress, on a route of its own address: a WordPress sends visitors of any other address away. All but
 * `ruleset`, `secret` and `site` has a default.
 */
export interface WordPressWorkerOptions extends Omit<HostOptions, 'exists'> {
  /** The host by which the WordPress is known, as in `home_url()`: it is part of what its cookies are signed for. */
  readonly site: string
  /**
   * Seconds for which the page of all variants is kept in this data centre when the WordPress does not say; and the most of what it
   * says. 0 keeps none. Default 60.
   */
  readonly keep?: number | undefined
}

interface Decider {
  readonly site: Site
  readonly personalizer: Personalizer
  readonly personal: ReadonlySet<string>
}

interface Opened {
  readonly follow: (waitUntil: WaitUntil) => Promise<Decider | undefined>
  readonly origin: Origin
  readonly pages: PageCache
  readonly handshake: Handshake
  readonly createRewriter: CreateRewriter
  readonly keep: number
  readonly collect: HostOptions['collect']
  readonly report: (error: unknown, step: string) => void
}

interface Chosen {
  readonly choose: Choose
  readonly cookies: readonly string[]
  readonly preview: boolean
  readonly timing?: string | undefined
}

/**
 * Creates a Worker before a WordPress: it asks for the page of all variants, once for everybody, and resolves its placements while the page
 * streams to each visitor. What fails is left to WordPress: its page as browsers get it without a Worker.
 * @throws (the function's, at the first request) when the secret is missing or short, or the runtime has no HTMLRewriter.
 */
export function createWordPressWorker<Env>(
  options: WordPressWorkerOptions | ((env: Env) => WordPressWorkerOptions),
): WorkerHandler<Env> {
  return openOnce(options, open, answer)
}

function open({ ruleset, patience = 50, keep = 60, collect, ...given }: WordPressWorkerOptions): Opened {
  const rest = { geoHeaders: GEO_PRESETS.cloudflare, ...given }
  const { secret, clock = Date.now } = rest
  readSecret(secret, 'createWordPressWorker')
  const report = rest.onError ?? ((error, step) => console.error(`[edge] ${step}:`, error))
  const [newest = ''] = liveSecrets(secret ?? [])
  return {
    follow: patiently(
      patience,
      followRuleset(ruleset, (published) => ({
        site: createSite({ ...rest, ruleset: published }, 'createWordPressWorker'),
        personalizer: createPersonalizer({ ...rest, ruleset: published }),
        personal: personalSegments(published),
      })),
    ),
    origin: createOrigin({}),
    pages: createPageCache(report),
    handshake: createHandshake(newest, clock),
    createRewriter: findRewriter(),
    keep,
    collect,
    report,
  }
}

async function answer(opened: Opened, request: Request, context: WorkerContext): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (isInternalPath(pathname)) {
    if (!isEndpoint(pathname)) return refuse()
    return (isCollectPath(pathname) && (await opened.collect?.(request))) || leave(opened, request)
  }
  if (!asksForSharedPage(request)) return leave(opened, request)
  const decider = await opened.follow((work) => context.waitUntil(work))
  if (decider === undefined) return leave(opened, request)
  const choosing = prepareChoice(opened, decider, request)
  const page = await findPage(opened, request, context)
  return page === undefined ? leave(opened, request) : resolve(opened, page, request, await choosing)
}

/** The page as WordPress makes it for browsers. */
async function leave({ origin }: Opened, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  return origin.publish(await fetch(origin.request(request, pathname + search)), request)
}

/** The page of all variants, as nobody is shown it; `undefined` when there is none that is this visitor's too. */
async function findPage(
  opened: Opened,
  request: Request,
  context: WorkerContext,
): Promise<Response | undefined> {
  const { pages, keep, report } = opened
  const { origin: visited, pathname, search } = new URL(request.url)
  const key = `${visited}/attune/slots${pathname}${search}`
  const keepFor = (seconds: number, page: Response): void =>
    seconds > 0 ? pages.keep(key, page, seconds, (work) => context.waitUntil(work)) : undefined
  const isKnown = carriesOthersCookies(request)
  try {
    const kept = keep > 0 ? await pages.find(key) : undefined
    if (kept !== undefined && !isUnshared(kept)) return kept
    if (kept !== undefined && isKnown) return undefined
    const page = await askForSlots(opened, request, pathname + search)
    const isShared = lifetimeOf(page, 1, 1) > 0
    if (page.status === 500 || isUnreadable(page) || (hasSlots(page) && !isShared && isKnown)) {
      if (!isShared) keepFor(keep, noteUnshared())
      await page.body?.cancel()
      return undefined
    }
    if (hasSlots(page)) keepFor(lifetimeOf(page, keep, keep), page)
    return page
  } catch (error) {
    report(error, 'ask-wordpress')
    return undefined
  }
}

async function askForSlots({ origin, handshake }: Opened, request: Request, path: string): Promise<Response> {
  // Asked for as by nobody: what comes is everybody's, if it is anybody's.
  const nobody = { cookie: null, 'if-none-match': null, 'if-modified-since': null }
  const asked = origin.request(request, path, nobody)
  asked.headers.set('x-attune-edge', await handshake(new URL(asked.url).host))
  return fetch(asked)
}

/** Finds out who asks while the page is on its way. Never rejects: trouble shows defaults. */
async function prepareChoice(opened: Opened, decider: Decider, request: Request): Promise<Chosen> {
  const { site, personalizer, personal } = decider
  try {
    const asked = withWordPressConsent(withPlace(request))
    const url = new URL(asked.url)
    const visit = readVisit(site, asked)
    const { question, source } = await loadQuestion(site, visit, {
      headers: asked.headers,
      url,
      path: url.pathname,
    })
    const choose: Choose = (slot) =>
      // Of a profile that did not come nothing is known, not even that there is none.
      source === 'failed' ? slot.d : chooseVariant(slot, { compiled: site.compiled, question, personal })
    const timing = timingOf(site, visit, source)
    return { choose, cookies: personalizer.withdraw(asked), preview: visit.preview !== undefined, timing }
  } catch (error) {
    opened.report(error, 'personalize')
    return { choose: ({ d }) => d, cookies: [], preview: false }
  }
}

function resolve(opened: Opened, page: Response, request: Request, chosen: Chosen): Response {
  const { choose, cookies, preview, timing } = chosen
  const isSlotted = hasSlots(page)
  const ours = opened.origin.publish(page, request)
  for (const cookie of cookies) ours.headers.append('set-cookie', cookie)
  if (timing !== undefined) ours.headers.append('server-timing', timing)
  if (isSlotted) forgetAll(ours.headers)
  if (!isHtml(ours)) return ours
  // Also where the WordPress could not say so: whatever printed before it kept its headers from being sent.
  setCacheControl(ours.headers, preview ? NEVER_STORED : VARIANT)
  return rewriteSlots(ours, opened.createRewriter, choose)
}

function setCacheControl(headers: Headers, wanted: string): void {
  const cacheControl = settleCacheControl(wanted, headers.get('cache-control'))
  if (cacheControl !== undefined) headers.set('cache-control', cacheControl)
}
