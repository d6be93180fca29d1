import { createButtonGuard, createMyData, type MyData, type MyDataOptions } from '@attune/collector'
import { followRuleset, type RulesetOrSource } from '@attune/edge'
import { toPublicRequest } from '../public-request.ts'
import { type SecretInput, toSecret } from '../secret-input.ts'

/** How visitors see what is kept of them; the same ruleset, secret, site, store and log as the collector's. */
export interface MyDataRouteOptions extends Omit<MyDataOptions, 'ruleset' | 'secret' | 'store' | 'log'> {
  readonly ruleset: RulesetOrSource
  readonly secret: SecretInput
  /** A function is called at the first request, so that a build opens nothing. */
  readonly store: MyDataOptions['store'] | (() => MyDataOptions['store'])
  /** Proof of what they answered; likewise. Default none is kept. */
  readonly log?: MyDataOptions['log'] | (() => MyDataOptions['log'])
}

/** The handlers of `app/attune/my-data/[[...action]]/route.ts`. */
export interface MyDataRoute {
  readonly GET: (request: Request) => Promise<Response>
  readonly POST: (request: Request) => Promise<Response>
}

/** Creates the route handlers of the page on which visitors see, take and delete what is kept of them. */
export function createMyDataRoute(options: MyDataRouteOptions): MyDataRoute {
  let follow: (() => Promise<MyData | undefined>) | undefined
  const answer = async (request: Request): Promise<Response> => {
    follow ??= open(options)
    const myData = await follow()
    if (myData === undefined) return new Response(null, { status: 503, headers: LATER })
    const asked = toPublicRequest(request)
    return ACTIONS.test(new URL(asked.url).pathname) ? myData.handle(asked) : NOT_FOUND()
  }
  return { GET: answer, POST: answer }
}

// The folder of the route catches every path below it.
const ACTIONS = /\/my-data(?:\/(?:download|erase))?\/?$/
const LATER = { 'retry-after': '5', 'cache-control': 'no-store' }
const NOT_FOUND = (): Response =>
  new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } })

function open(options: MyDataRouteOptions): () => Promise<MyData | undefined> {
  const { ruleset, secret, store, log, replays, ...rest } = options
  const settings = {
    ...rest,
    secret: toSecret(secret, 'createMyDataRoute'),
    store: typeof store === 'function' ? store() : store,
    log: typeof log === 'function' ? log() : log,
    // A button that was pressed stays pressed when another ruleset comes.
    replays: replays ?? createButtonGuard(),
  }
  return followRuleset(ruleset, (published) => createMyData({ ...settings, ruleset: published }))
}
