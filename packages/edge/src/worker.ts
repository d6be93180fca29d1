import { GEO_PRESETS } from './context/geo.ts'
import { createHost, type Host, type HostAnswer, type HostOptions, settleCacheControl } from './host.ts'
import { stripFrameworkSuffix } from './route/framework-suffix.ts'
import { isInternalPath } from './route/internal-path.ts'
import { withPlace } from './worker/geo-request.ts'
import { lifetimeOf } from './worker/lifetime.ts'
import { createOrigin, type Origin, type OriginOptions } from './worker/origin.ts'
import { createPageCache, type PageCache } from './worker/page-cache.ts'
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
}

interface Opened {
  readonly host: Host
  readonly origin: Origin
  readonly pages: PageCache
  readonly keep: number
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

function open({ origin, next = false, keep = 60, ...rest }: WorkerOptions): Opened {
  const report = rest.onError ?? ((error, step) => console.error(`[edge] ${step}:`, error))
  return {
    host: createHost({ geoHeaders: GEO_PRESETS.cloudflare, ...rest }),
    origin: createOrigin({ origin, next }),
    pages: createPageCache(report),
    keep,
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
  { origin, pages, keep, report }: Opened,
  request: Request,
  path: string,
  context: WorkerContext,
): Promise<Response | undefined> {
  const { origin: visited, search } = new URL(request.url)
  const isShared = request.method === 'GET' && keep > 0 && !isOwn(request.headers)
  const key = visited + path + search
  const kept = isShared ? await pages.find(key) : undefined
  if (kept !== undefined) return unlessKnown(kept, request)
  const conditions = isShared ? UNCONDITIONAL : {}
  try {
    const page = await fetch(origin.request(request, path + search, conditions))
    if (page.status >= 400 && mayAskAgain(request)) {
      await page.body?.cancel()
      return undefined
    }
    const seconds = isShared ? lifetimeOf(page, 0, keep) : 0
    if (seconds > 0) pages.keep(key, page, seconds, (work) => context.waitUntil(work))
    return isShared ? unlessKnown(page, request) : page
  } catch (error) {
    report(error, 'ask-origin')
    if (mayAskAgain(request)) return undefined
    throw error
  }
}

const UNCONDITIONAL = { 'if-none-match': null, 'if-modified-since': null }
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
