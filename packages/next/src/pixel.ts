import { createCollector, createPixel, type Pixel, type PixelOptions } from '@attune/collector'
import { followRuleset } from '@attune/edge'
import type { CollectRouteOptions } from './collect.ts'
import { toPublicRequest } from './public-request.ts'
import { toSecret } from './secret-input.ts'

/** How a picture of one pixel is answered: the options of `createCollectRoute`, and what mails need. */
export interface PixelRouteOptions
  extends CollectRouteOptions,
    Pick<PixelOptions, 'mailSecret' | 'consent'> {}

/** The handler of `app/attune/pixel.gif/route.ts`. */
export interface PixelRoute {
  readonly GET: (request: Request) => Promise<Response>
}

/** Creates the route handler of the picture that counts mails which are opened, and pages without scripts. */
export function createPixelRoute(options: PixelRouteOptions): PixelRoute {
  let follow: (() => Promise<Pixel | undefined>) | undefined
  const answer = async (request: Request): Promise<Response> => {
    follow ??= open(options)
    const pixel = await follow()
    // A source without its first ruleset: the picture is missing this once.
    if (pixel === undefined) return new Response(null, { status: 503, headers: LATER })
    return pixel.handle(toPublicRequest(request))
  }
  return { GET: answer }
}

const LATER = { 'retry-after': '5', 'cache-control': 'no-store' }

function open({
  ruleset,
  secret,
  store: given,
  mailSecret,
  consent,
  ...rest
}: PixelRouteOptions): () => Promise<Pixel | undefined> {
  const store = typeof given === 'function' ? given() : given
  const settings = { ...rest, secret: toSecret(secret, 'createPixelRoute'), store }
  return followRuleset(ruleset, (published) => {
    const options = { ...settings, ruleset: published }
    return createPixel({ ...options, collector: createCollector(options), mailSecret, consent })
  })
}
