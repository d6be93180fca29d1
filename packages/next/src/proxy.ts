import { createSealKeys } from '@attune/core'
import {
  createPersonalizer,
  followRuleset,
  isInternalPath,
  type Personalizer,
  type PersonalizerOptions,
  patiently,
  type RulesetOrSource,
} from '@attune/edge'
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server'
import { createAsk } from './asked-request.ts'
import { type SecretInput, toSecret } from './secret-input.ts'

/** How to personalise requests; all but `ruleset` and `secret` has a default. */
export interface ProxyOptions extends Omit<PersonalizerOptions, 'ruleset' | 'secret'> {
  /** Published; or a source such as `createHttpRuleset`: while it has none, every page is the one that is there without us. */
  readonly ruleset: RulesetOrSource
  /** Milliseconds that a request waits for the first ruleset of a source. Default 50. */
  readonly patience?: number | undefined
  /** Signs codes and tokens: at least 32 characters, or a list with the newest first. */
  readonly secret: SecretInput
  /**
   * `none` (default) keeps variants out of every cache between the server and the browser. `host-keys-on-rewrite` leaves
   * Next's own `Cache-Control`: only for hosts whose cache runs after the proxy and keys on the rewritten path.
   */
  readonly sharedCache?: 'none' | 'host-keys-on-rewrite'
  /** Stands in for each personalizer that is made, such as `observePersonalizer` of `@attune/edge/telemetry`. Default: nothing does. */
  readonly observe?: ((personalizer: Personalizer) => Personalizer) | undefined
}

/** What `proxy.ts` exports as `proxy`, or `middleware.ts` as `middleware`. */
export type Proxy = (request: NextRequest, event?: NextFetchEvent) => Promise<Response>

// Not `no-cache`: Next copies these onto the request to the page, where it would make every 304 a 200.
const VARIANT = 'private, max-age=0, must-revalidate'
const NEVER_STORED = 'private, no-store'
const ENDPOINTS =
  /^\/attune\/(collect(\/profile)?|consent|my-data(\/(download|erase))?|pixel\.gif|explain|preview|ruleset|sign-out|traits)\/?$/

/**
 * Creates the function that shows each visitor their variant of a page: it decides, and rewrites the request to the
 * cached page of that decision. A failure shows the baseline and goes to `onError`; a request never fails because of it.
 * @throws when the secret is missing or too short, or the ruleset is not one.
 */
export function createProxy({
  patience = 50,
  sharedCache = 'none',
  observe = (made) => made,
  ...rest
}: ProxyOptions): Proxy {
  const secret = toSecret(rest.secret, 'createProxy')
  // A source has nothing to say yet; a short secret is said at once all the same.
  createSealKeys(secret)
  const follow = patiently(
    patience,
    followRuleset(rest.ruleset, (ruleset) => ({
      personalizer: observe(createPersonalizer({ ...rest, ruleset, secret })),
      ask: createAsk(ruleset),
    })),
  )

  return async (request, event) => {
    const { pathname, search, basePath, origin } = request.nextUrl
    if (isInternalPath(pathname)) return answerInternal(pathname)
    const decider = await follow((work) => event?.waitUntil(work))
    if (decider === undefined) return leave([])
    const asked = decider.ask(request)
    const shown = await decider.personalizer.personalize(asked)
    if (shown === undefined) return leave(decider.personalizer.withdraw(asked))
    const { preview, cookies, timing } = shown
    const kept = sharedCache === 'none' ? VARIANT : undefined
    const headers = headersOf(cookies, preview ? NEVER_STORED : kept)
    if (timing !== undefined) headers.set('server-timing', timing)
    return NextResponse.rewrite(origin + basePath + shown.path + search, { headers })
  }
}

function leave(cookies: readonly string[]): Response {
  return NextResponse.next({ headers: headersOf(cookies) })
}

function answerInternal(pathname: string): Response {
  const headers = headersOf([], 'no-store')
  // Next answers some requests to endpoints by itself; what is said to one visitor is never another's.
  if (ENDPOINTS.test(pathname)) return NextResponse.next({ headers })
  // A variant page is reached by its public address only.
  return new Response('Not found', { status: 404, headers })
}

// A stored answer would hand its cookies to the next visitor.
function headersOf(
  cookies: readonly string[],
  cacheControl = cookies.length > 0 ? VARIANT : undefined,
): Headers {
  const headers = new Headers()
  if (cacheControl !== undefined) headers.set('cache-control', cacheControl)
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return headers
}
