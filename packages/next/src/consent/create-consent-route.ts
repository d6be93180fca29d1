import { type ConsentRecorder, type ConsentRecorderOptions, createConsentRecorder } from '@attune/collector'
import { followRuleset, type RulesetOrSource } from '@attune/edge'
import type { ProfileStore } from '@attune/storage'
import type { ConsentLog } from '@attune/storage/consent'
import { toPublicRequest } from '../public-request.ts'
import { type SecretInput, toSecret } from '../secret-input.ts'

/** How to keep proof of consent; the same ruleset, secret, site and store as the collector's. */
export interface ConsentRouteOptions
  extends Omit<ConsentRecorderOptions, 'ruleset' | 'secret' | 'store' | 'log'> {
  readonly ruleset: RulesetOrSource
  readonly secret: SecretInput
  /** A function is called at the first request, so that a build opens nothing. */
  readonly store: ProfileStore | (() => ProfileStore)
  /** Where the rows are kept; likewise. */
  readonly log: ConsentLog | (() => ConsentLog)
}

/** The handler of `app/attune/consent/route.ts`. */
export interface ConsentRoute {
  readonly POST: (request: Request) => Promise<Response>
}

/** Creates the route handler to which the banner tells each answer. */
export function createConsentRoute(options: ConsentRouteOptions): ConsentRoute {
  let follow: (() => Promise<ConsentRecorder | undefined>) | undefined
  const record = async (request: Request): Promise<Response> => {
    follow ??= open(options)
    const recorder = await follow()
    // The visitor's cookie holds; only the proof of it is missing, and the page does not ask again.
    if (recorder === undefined) return new Response(null, { status: 503, headers: LATER })
    return recorder.handle(toPublicRequest(request))
  }
  return { POST: record }
}

const LATER = { 'retry-after': '5', 'cache-control': 'no-store' }

function open(options: ConsentRouteOptions): () => Promise<ConsentRecorder | undefined> {
  const { ruleset, secret, store, log, ...rest } = options
  const settings = {
    ...rest,
    secret: toSecret(secret, 'createConsentRoute'),
    store: typeof store === 'function' ? store() : store,
    log: typeof log === 'function' ? log() : log,
  }
  return followRuleset(ruleset, (published) => createConsentRecorder({ ...settings, ruleset: published }))
}
