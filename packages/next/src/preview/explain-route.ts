import { createSealKeys } from '@attune/core'
import { type PersonalizerOptions, type RulesetInput, readPreview, toRuleset } from '@attune/edge'
import { createExplainer, type Explainer } from '@attune/edge/explain'
import type { ProfileReader } from '@attune/storage'
import { toPublicRequest } from '../public-request.ts'
import { type SecretInput, toSecret } from '../secret-input.ts'
import { readPreviewCookie } from './preview-cookies.ts'

/** The same ruleset, secret, site and store as the proxy's. */
export interface ExplainRouteOptions extends Omit<PersonalizerOptions, 'ruleset' | 'secret' | 'store'> {
  readonly ruleset: RulesetInput
  readonly secret: SecretInput
  /** A function is called at the first request, so that a build opens nothing. */
  readonly store?: ProfileReader | (() => ProfileReader)
  /** Anybody may ask; default: unless NODE_ENV is `production`, where a signed preview is needed. */
  readonly open?: boolean
}

/** The handler of `app/attune/explain/route.ts`. */
export interface ExplainRoute {
  /** Explains the page `?path=/…` to whoever asks; `null` when it is not personalised. */
  readonly GET: (request: Request) => Promise<Response>
}

const HEADERS = { 'cache-control': 'no-store' }

/** Creates the route handler that tells a developer why a page shows what it shows. */
export function createExplainRoute({
  ruleset,
  secret,
  store,
  open = process.env.NODE_ENV !== 'production',
  ...rest
}: ExplainRouteOptions): ExplainRoute {
  let ready: { readonly explainer: Explainer; readonly isPreview: (token: string) => boolean } | undefined
  const start = () => {
    const given = toSecret(secret, 'createExplainRoute')
    const [keys, { clock = Date.now, site = 'site' }] = [createSealKeys(given), rest]
    const explainer = createExplainer({
      ...rest,
      ruleset: toRuleset(ruleset),
      secret: given,
      store: typeof store === 'function' ? store() : store,
    })
    return { explainer, isPreview: (token: string) => readPreview(keys, site, token, clock()) !== undefined }
  }

  const answer: ExplainRoute['GET'] = async (given) => {
    ready ??= start()
    const request = toPublicRequest(given)
    if (!open && !ready.isPreview(readPreviewCookie(request))) {
      return new Response('Not found', { status: 404, headers: HEADERS })
    }
    const path = new URL(request.url).searchParams.get('path') ?? '/'
    const explanation = await ready.explainer.explain(request, path)
    return Response.json(explanation ?? null, { headers: HEADERS })
  }
  return { GET: answer }
}
