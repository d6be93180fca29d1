import { GEO_PRESETS } from './context/geo.ts'
import {
  createHost,
  type Host,
  type HostAnswer,
  type HostOptions,
  readOrigin,
  settleCacheControl,
} from './host.ts'
import { stripFrameworkSuffix } from './route/framework-suffix.ts'
import { isInternalPath } from './route/internal-path.ts'
import { carriesOthersCookies } from './worker/asks-wordpress.ts'
import { withPlace } from './worker/geo-request.ts'
import { lifetimeOf } from './worker/lifetime.ts'
import { createOrigin, type Origin, type OriginOptions } from './worker/origin.ts'
import { createPageCache, type PageCache } from './worker/page-cache.ts'
import { isUnshared, noteUnshared } from './worker/slots-answer.ts'
import { openOnce, type WorkerContext, type WorkerHandler } from './worker/worker-handler.ts'

export {
  createWordPressWorker,
  type WordPressWorkerOptions,
} from './wordpress-worker.ts'
export type { WorkerContext, WorkerHandler } from './worker/worker-handler.ts'

/** How a Worker personalises the site behind it; all but `ruleset` and `secret` has a default. */
export interface WorkerOptions extends HostOptions, OriginOptions {
  /**
   * The most seconds for which variant pages are kept in this data centre, by their code; what their `s-maxage` or `max-age` says is never
   * exceeded. 0 keeps none. Default 60.
   */
  readonly keep?: number | undefined
  /** Milliseconds that a variant page may take to begin before the public page is shown instead. Default 5000. */
  readonly timeout?: number | undefined
}

interface Opened {
  readonly host: Host
  readonly origin: Origin
  readonly pages: PageCache
  readonly keep: number
  readonly timeout: number
  readonly next: boolean
  readonly report: (error: unknown, step: string) => void
}

/**
 * Creates a Worker before a site with variant pages, a Next.js or any other: it decides, and asks the origin for the page of that decision,
 * `/attune/<code>/…`. Where that fails, visitors get the page that the origin has at the public address. A function of the environment is
 * called at the first request.
 * @throws (the function's, at that request) when the secret is missing or short, or the ruleset is not one.
 */
export function createWorker<Env>(
  options: WorkerOptions | ((env: Env) => WorkerOptions),
): WorkerHandler<Env> {
  return openOnce(options, open, answer)
}

function open({ origin, next = false, keep = 60, timeout = 5_000, ...rest }: WorkerOptions): Opened {
  const report = rest.onError ?? ((error, step) => console.error(`[edge] ${step}:`, error))
  return {
    host: createHost({ geoHeaders: GEO_PRESETS.cloudflare, ...rest }),
    origin: createOrigin({ origin: readOrigin('createWorker', origin), next }),
    pages: createPageCache(report),
    keep,
    timeout,
    next,
    report,
  }
}

async function answer(opened: Opened, request: Request, context: WorkerContext): Promise<Response> {
  const { host, origin } = opened
  const { pathname, search } = new URL(request.url)
  const asked = isInternalPath(pathname) ? request : withPlace(request)
  const decided = await host.decide(asked, (work) => context.waitUntil(work))
  if (decided.response !== undefined) return decided.response
  const variant =
    decided.page === undefined ? undefined : await askForVariant(opened, request, decided.page.path, context)
  const page = variant ?? (await fetch(origin.request(request, pathname + search)))
  const ours = settle(origin.publish(page, request), decided)
  // The browser's half of Next.js reads the page's own parts from the path that was rendered.
  if (variant !== undefined && opened.next && request.headers.has('rsc'))
    ours.headers.set('x-nextjs-rewritten-path', stripFrameworkSuffix(decided.page!.path).path)
  return ours
}

// Read once, a body cannot be sent again; and data of a page is of that page or of none.
const mayAskAgain = ({ method, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && !headers.has('rsc')

async function askForVariant(
  opened: Opened,
  request: Request,
  path: string,
  context: WorkerContext,
): Promise<Response | undefined> {
  const { pages, keep, report } = opened
  const { origin: visited, search } = new URL(request.url)
  const mayShare = request.method === 'GET' && keep > 0 && !isOwn(request.headers)
  const key = visited + path + search
  const keepFor = (seconds: number, page: Response): void =>
    pages.keep(key, page, seconds, (work) => context.waitUntil(work))
  const kept = mayShare ? await pages.find(key) : undefined
  if (kept !== undefined && !isUnshared(kept)) return unlessKnown(kept, request)
  try {
    if (!mayShare || kept !== undefined) return await askFor(opened, request, path + search)
    const page = await askFor(opened, request, path + search, NOBODY)
    if (page === undefined) return undefined
    const seconds = lifetimeOf(page, 0, keep)
    keepFor(seconds || keep, seconds > 0 ? page : noteUnshared())
    if (seconds > 0 || !carriesOthersCookies(request)) return unlessKnown(page, request)
    await page.body?.cancel()
    return await askFor(opened, request, path + search)
  } catch (error) {
    report(error, 'ask-origin')
    if (mayAskAgain(request)) return undefined
    throw error
  }
}

/** What the origin answers; `undefined` for an error in whose place the public page can be shown. */
async function askFor(
  { origin, timeout }: Opened,
  request: Request,
  path: string,
  asked: { readonly [header: string]: null } = {},
): Promise<Response | undefined> {
  const question = origin.request(request, path, asked)
  if (!mayAskAgain(request)) return fetch(question)
  const late = new AbortController()
  // Only until the answer begins: a page may stream for as long as it likes.
  const timer = setTimeout(
    () => late.abort(new Error(`A variant page did not come within ${timeout} ms. Look into the origin.`)),
    timeout,
  )
  try {
    const page = await fetch(question, { signal: late.signal })
    if (page.status < 400) return page
    await page.body?.cancel()
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

// What is kept for everybody is asked for as by nobody.
const NOBODY = { cookie: null, 'if-none-match': null, 'if-modified-since': null }
const OWN = ['rsc', 'next-router-prefetch', 'next-router-state-tree', 'next-action', 'range', 'authorization']

function isOwn(headers: Headers): boolean {
  return OWN.some((name) => headers.has(name)) || /__prerender_bypass=/.test(headers.get('cookie') ?? '')
}

function unlessKnown(page: Response, request: Request): Response {
  const etag = page.headers.get('etag')
  const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? []
  if (etag === null || !known.some((tag) => tag.replace(/^W\//, '') === etag.replace(/^W\//, ''))) return page
  page.body?.cancel().catch(() => {})
  return new Response(null, { status: 304, headers: page.headers })
}

function settle(page: Response, { cookies, timing, cacheControl: wanted }: HostAnswer): Response {
  if (page.status === 101) return page
  const cacheControl = settleCacheControl(wanted, page.headers.get('cache-control'))
  if (cacheControl !== undefined) page.headers.set('cache-control', cacheControl)
  if (timing !== undefined) page.headers.append('server-timing', timing)
  for (const cookie of cookies) page.headers.append('set-cookie', cookie)
  return page
}
