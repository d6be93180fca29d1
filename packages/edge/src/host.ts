import type { Decision, Variants } from '@attune/core'
import { variantsOf } from '@attune/core'
import { followRuleset } from './follow-ruleset.ts'
import { createForeignCookies } from './foreign-cookies.ts'
import { NEVER_STORED, VARIANT } from './host/cache-control.ts'
import { isCollectPath, isEndpoint, refuse } from './host/endpoints.ts'
import { patiently, type WaitUntil } from './host/patiently.ts'
import { createPersonalizer, type Personalized, type Personalizer } from './personalize.ts'
import { readSecret } from './read-secret.ts'
import { isInternalPath } from './route/internal-path.ts'
import type { RulesetOrSource } from './ruleset-input.ts'
import type { PersonalizerOptions } from './site.ts'

export { settleCacheControl } from './host/cache-control.ts'
export { readOrigin } from './host/origin-option.ts'
export type { WaitUntil } from './host/patiently.ts'
export { toPublicRequest } from './host/public-request.ts'
export type { RulesetOrSource } from './ruleset-input.ts'

/** How a host personalises; all but `ruleset` and `secret` has a default. */
export interface HostOptions extends Omit<PersonalizerOptions, 'ruleset'> {
  /** Published; or a source such as `createHttpRuleset`: while it has none, every page is the one that is there without us. */
  readonly ruleset: RulesetOrSource
  /** Milliseconds that a request waits for the first ruleset of a source. Default 50. */
  readonly patience?: number | undefined
  /** Answers the events that trackers send to `/attune/collect`: `createCollector(…).handle`. Default: the host's own handler there. */
  readonly collect?: ((request: Request) => Promise<Response>) | undefined
  /** Stands in for each personalizer that is made, such as `observePersonalizer` of `@attune/edge/telemetry`. Default: nothing does. */
  readonly observe?: ((personalizer: Personalizer) => Personalizer) | undefined
}

/** What a page shows, for whoever renders it. */
export interface Attuned {
  /** The pattern, as in the ruleset's `routes`; `undefined` for a page that is not personalised. */
  readonly route: string | undefined
  /** Placement → variant; empty for a page that is not personalised. */
  readonly variants: Variants
  readonly decisions: readonly Decision[]
  /** A signed preview is looked at. */
  readonly preview: boolean
}

/** What a host does with a request. */
export interface HostAnswer {
  /** What is answered at once, without any page. */
  readonly response: Response | undefined
  readonly attuned: Attuned
  /** Where the variant page lies; `undefined` for a page that is not personalised. */
  readonly page: Personalized | undefined
  /** `Set-Cookie` values that the answer carries. */
  readonly cookies: readonly string[]
  /** Its `Server-Timing`; of previews alone. */
  readonly timing?: string | undefined
  /** What its `Cache-Control` must say (see `settleCacheControl`); `undefined`: whatever it says. */
  readonly cacheControl: string | undefined
}

/** Decides the requests of one site. */
export interface Host {
  /** Never rejects, but for what `collect` rejects with. `waitUntil` keeps alive what goes on behind the answer. */
  decide(request: Request, waitUntil?: WaitUntil): Promise<HostAnswer>
}

const NOTHING: Attuned = Object.freeze({ route: undefined, variants: {}, decisions: [], preview: false })

/**
 * Creates what every host adapter stands on: what to show, what to answer at once, which cookies and which `Cache-Control` to send.
 * @throws when the secret is missing or short, or the ruleset is not one.
 */
export function createHost(options: HostOptions): Host {
  const { ruleset, patience = 50, collect, observe = (made) => made, ...rest } = options
  const { site = 'site', clock = Date.now, onError = logError } = rest
  const keys = readSecret(rest.secret, 'createHost')
  const tellForeign = createForeignCookies({ keys, site, clock, onError: quietly(onError) })
  const follow = followRuleset(ruleset, (published) =>
    observe(createPersonalizer({ ...rest, ruleset: published })),
  )
  const followPatiently = patiently(patience, follow)
  return {
    decide: async (request, waitUntil = () => {}) => {
      const { pathname } = new URL(request.url)
      if (isInternalPath(pathname)) {
        if (isEndpoint(pathname)) return answerWith(await answerEndpoint(request, pathname, collect))
        return answerWith(refuse())
      }
      const personalizer = await followPatiently(waitUntil)
      const page = await personalizer?.personalize(request)
      if (page?.source === 'empty') tellForeign(request)
      return page === undefined ? leave(personalizer?.withdraw(request) ?? []) : show(page)
    },
  }
}

function logError(error: unknown, step: string): void {
  console.error(`[edge] ${step}:`, error)
}

// What fails while telling of a failure is not told.
function quietly(onError: (error: unknown, step: string) => void): typeof onError {
  return (error, step) => {
    try {
      onError(error, step)
    } catch {}
  }
}

async function answerEndpoint(
  request: Request,
  pathname: string,
  collect: HostOptions['collect'],
): Promise<Response | undefined> {
  return isCollectPath(pathname) ? collect?.(request) : undefined
}

function answerWith(response: Response | undefined): HostAnswer {
  // What is said to one visitor is never another's.
  return { response, attuned: NOTHING, page: undefined, cookies: [], cacheControl: 'no-store' }
}

function leave(cookies: readonly string[]): HostAnswer {
  const cacheControl = cookies.length > 0 ? VARIANT : undefined
  return { response: undefined, attuned: NOTHING, page: undefined, cookies, cacheControl }
}

function show(page: Personalized): HostAnswer {
  const { route, decisions, preview, cookies, timing } = page
  return {
    response: undefined,
    attuned: { route, variants: variantsOf(decisions), decisions, preview },
    page,
    cookies,
    timing,
    cacheControl: preview ? NEVER_STORED : VARIANT,
  }
}
