import { type Collector, type CollectorOptions, createCollector } from '@attune/collector'
import type { ProfileStore } from '@attune/storage'
import { toPublicRequest } from './public-request.ts'
import { type RulesetInput, toRuleset } from './ruleset-input.ts'
import { type SecretInput, toSecret } from './secret-input.ts'

/** How to collect events; the same ruleset, secret and site as the proxy's. */
export interface CollectRouteOptions extends Omit<CollectorOptions, 'ruleset' | 'secret' | 'store'> {
  readonly ruleset: RulesetInput
  readonly secret: SecretInput
  /** Where profiles are kept; a function is called at the first request, so that a build opens nothing. */
  readonly store: ProfileStore | (() => ProfileStore)
}

/** The handlers of `app/attune/collect/route.ts`. */
export interface CollectRoute {
  readonly POST: (request: Request) => Promise<Response>
}

/** Creates the route handler that takes the tracker's events. */
export function createCollectRoute({ ruleset, secret, store, ...rest }: CollectRouteOptions): CollectRoute {
  let collector: Collector | undefined
  const open = (): Collector => {
    collector ??= createCollector({
      ...rest,
      ruleset: toRuleset(ruleset),
      secret: toSecret(secret, 'createCollectRoute'),
      store: typeof store === 'function' ? store() : store,
    })
    return collector
  }
  const handle: CollectRoute['POST'] = (request) => open().handle(toPublicRequest(request))
  return { POST: handle }
}
