import { type Collector, type CollectorOptions, createCollector } from '@attune/collector'
import { followRuleset, type RulesetOrSource } from '@attune/edge'
import type { ProfileStore } from '@attune/storage'
import { toPublicRequest } from './public-request.ts'
import { type SecretInput, toSecret } from './secret-input.ts'

/** How to collect events; the same ruleset, secret and site as the proxy's. */
export interface CollectRouteOptions extends Omit<CollectorOptions, 'ruleset' | 'secret' | 'store'> {
  readonly ruleset: RulesetOrSource
  readonly secret: SecretInput
  /** Where profiles are kept; a function is called at the first request, so that a build opens nothing. */
  readonly store: ProfileStore | (() => ProfileStore)
}

/** The handlers of `app/attune/collect/route.ts`. */
export interface CollectRoute {
  readonly POST: (request: Request) => Promise<Response>
  /** Of `app/attune/collect/profile/route.ts`: tells a WordPress of the same site what it asks for, signed with the shared secret. */
  readonly GET: (request: Request) => Promise<Response>
}

/** Creates the route handler that takes the tracker's events. */
export function createCollectRoute(options: CollectRouteOptions): CollectRoute {
  let follow: (() => Promise<Collector | undefined>) | undefined
  const answer = async (request: Request, ask: 'handle' | 'profile'): Promise<Response> => {
    follow ??= open(options)
    const collector = await follow()
    // The tracker keeps what it wanted to send, and tries again.
    if (collector === undefined) return new Response(null, { status: 503, headers: LATER })
    return collector[ask](toPublicRequest(request))
  }
  const collect = (request: Request): Promise<Response> => answer(request, 'handle')
  const tellProfile = (request: Request): Promise<Response> => answer(request, 'profile')
  return { POST: collect, GET: tellProfile }
}

const LATER = { 'retry-after': '5', 'cache-control': 'no-store' }

function open({
  ruleset,
  secret,
  store: given,
  ...rest
}: CollectRouteOptions): () => Promise<Collector | undefined> {
  const store = typeof given === 'function' ? given() : given
  const settings = { ...rest, secret: toSecret(secret, 'createCollectRoute'), store }
  return followRuleset(ruleset, (published) => createCollector({ ...settings, ruleset: published }))
}
