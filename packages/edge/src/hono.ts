import {
  type Attuned,
  createHost,
  type HostOptions,
  readOrigin,
  settleCacheControl,
  toPublicRequest,
} from './host.ts'

export type { Attuned } from './host.ts'

/** How a Hono site is personalised. */
export interface HonoMiddlewareOptions extends HostOptions {
  /** What visitors see, such as `https://shop.example`. Default: as the request says, with the scheme of `X-Forwarded-Proto`. */
  readonly origin?: string | undefined
  /**
   * `none` (default): an answer that says nothing stricter leaves with `private, max-age=0, must-revalidate`. `handlers-decide` leaves
   * their `Cache-Control`, unless cookies are set: only where every cache on the way keys on what is shown.
   */
  readonly sharedCache?: 'none' | 'handlers-decide' | undefined
}

/** What we need of Hono's context. */
export interface HonoContext {
  readonly req: { readonly raw: Request }
  readonly res: Response
  set(key: 'attune', value: Attuned): void
  header(name: string, value: string, options?: { readonly append?: boolean }): void
}

/** A middleware of Hono. */
export type HonoMiddleware = (
  context: HonoContext,
  next: () => Promise<void>,
) => Promise<Response | undefined>

/**
 * Creates the middleware that decides before a handler renders: `c.get('attune').variants['home-hero']`. A failure shows the baseline and
 * goes to `onError`.
 * @throws when the secret is missing or short, the ruleset is not one, or the origin is none.
 */
export function createHonoMiddleware({
  origin: given,
  sharedCache = 'none',
  ...rest
}: HonoMiddlewareOptions): HonoMiddleware {
  const origin = readOrigin('createHonoMiddleware', given)
  const host = createHost(rest)
  return async (context, next) => {
    const answer = await host.decide(toPublicRequest(context.req.raw, origin))
    if (answer.response !== undefined) return answer.response
    context.set('attune', answer.attuned)
    await next()
    const { cookies, attuned, timing } = answer
    const isFree = sharedCache === 'handlers-decide' && cookies.length === 0 && !attuned.preview
    const said = context.res.headers.get('cache-control')
    const cacheControl = isFree ? undefined : settleCacheControl(answer.cacheControl, said)
    if (cacheControl !== undefined) context.header('cache-control', cacheControl)
    if (timing !== undefined) context.header('server-timing', timing, { append: true })
    for (const cookie of cookies) context.header('set-cookie', cookie, { append: true })
    return undefined
  }
}
