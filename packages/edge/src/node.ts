import {
  type Attuned,
  createHost,
  type HostAnswer,
  type HostOptions,
  readOrigin,
  settleCacheControl,
} from './host.ts'
import { beforeHead, type NodeResponse } from './node/before-head.ts'
import { type NodeRequest, toWebRequest } from './node/incoming-request.ts'

export type { Attuned } from './host.ts'
export type { NodeResponse } from './node/before-head.ts'
export type { NodeRequest } from './node/incoming-request.ts'

/** How a site on `node:http` or Express is personalised. */
export interface NodeMiddlewareOptions extends Omit<HostOptions, 'collect'> {
  /** What visitors see, such as `https://shop.example`. Default: as the request says, with the scheme of `X-Forwarded-Proto`. */
  readonly origin?: string | undefined
  /**
   * `none` (default): an answer that says nothing stricter leaves with `private, max-age=0, must-revalidate`. `handlers-decide` leaves
   * their `Cache-Control`, unless cookies are set: only where every cache on the way keys on what is shown.
   */
  readonly sharedCache?: 'none' | 'handlers-decide' | undefined
}

/** A middleware of `node:http`, Connect and Express. */
export type NodeMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: () => unknown,
) => Promise<void>

const decided = new WeakMap<object, Attuned>()
const NOTHING: Attuned = Object.freeze({ route: undefined, variants: {}, decisions: [], preview: false })

/**
 * Creates the middleware that decides before a handler renders; `readAttuned(request)` tells what, and in JavaScript `request.attune` as
 * well. A failure shows the baseline and goes to `onError`.
 * @throws when the secret is missing or short, the ruleset is not one, or the origin is none.
 */
export function createNodeMiddleware({
  origin: given,
  sharedCache = 'none',
  ...rest
}: NodeMiddlewareOptions): NodeMiddleware {
  const origin = readOrigin('createNodeMiddleware', given)
  const host = createHost(rest)
  return async (incoming, response, next) => {
    const request = toWebRequest(incoming, origin)
    const answer = request === undefined ? undefined : await host.decide(request)
    if (answer?.response !== undefined) return send(answer.response, response)
    const attuned = answer?.attuned ?? NOTHING
    decided.set(incoming, attuned)
    Object.assign(incoming, { attune: attuned })
    if (answer !== undefined) beforeHead(response, () => settle(response, answer, sharedCache))
    next()
  }
}

/** What the middleware decided for a request; before it, and for a page that is not personalised, nothing. */
export function readAttuned(request: object): Attuned {
  return decided.get(request) ?? NOTHING
}

function settle(
  response: NodeResponse,
  { cookies, attuned, timing, cacheControl: wanted }: HostAnswer,
  sharedCache: NodeMiddlewareOptions['sharedCache'],
): void {
  const isFree = sharedCache === 'handlers-decide' && cookies.length === 0 && !attuned.preview
  const said = String(response.getHeader('cache-control') ?? '')
  const cacheControl = isFree ? undefined : settleCacheControl(wanted, said)
  if (cacheControl) response.setHeader('cache-control', cacheControl)
  if (timing !== undefined) response.appendHeader('server-timing', timing)
  if (cookies.length > 0) response.appendHeader('set-cookie', cookies)
}

async function send(answer: Response, response: NodeResponse): Promise<void> {
  const text = await answer.text()
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  response.end(text)
}
