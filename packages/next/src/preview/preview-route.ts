import { createSealKeys, type SealKeys } from '@attune/core'
import { createPreview, type Preview, readPreview } from '@attune/edge'
import { toPublicRequest } from '../public-request.ts'
import { type SecretInput, toSecret } from '../secret-input.ts'
import { parsePreview } from './parse-preview.ts'
import { previewHeaders, readPreviewCookie } from './preview-cookies.ts'

/** The same secret and site as the proxy's. */
export interface PreviewRouteOptions {
  readonly secret: SecretInput
  /** Default `site`. */
  readonly site?: string
  /** Anybody may begin a preview; default: unless NODE_ENV is `production`. */
  readonly open?: boolean
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: () => number
}

/** The handlers of `app/attune/preview/route.ts`. */
export interface PreviewRoute {
  /** Begins a preview with a signed link. */
  readonly GET: (request: Request) => Promise<Response>
  /** Changes it: a JSON body of `now`, `assume`, `consent`, `context` and `profile`, or `end`. */
  readonly POST: (request: Request) => Promise<Response>
}

const DAY_SECONDS = 86_400

/** Creates the route handlers by which a developer looks at the site as somebody else or at another time. */
export function createPreviewRoute({
  secret,
  site = 'site',
  open = process.env.NODE_ENV !== 'production',
  clock = Date.now,
}: PreviewRouteOptions): PreviewRoute {
  let made: SealKeys | undefined
  const keys = (): SealKeys => {
    made ??= createSealKeys(toSecret(secret, 'createPreviewRoute'))
    return made
  }
  const read = (token: string): Preview | undefined => readPreview(keys(), site, token, clock())
  const secondsLeft = (preview: Preview): number => Math.floor(preview.exp - clock() / 1000)

  const begin: PreviewRoute['GET'] = async (given) => {
    const url = new URL(toPublicRequest(given).url)
    const token = url.searchParams.get('token') ?? ''
    const preview = read(token)
    if (preview === undefined) return refuse(404, 'This preview link is void. Ask for a new one.')
    const headers = previewHeaders(token, secondsLeft(preview), url.protocol === 'https:')
    headers.set('location', '/')
    return new Response(null, { status: 307, headers })
  }

  const change: PreviewRoute['POST'] = async (given) => {
    const request = toPublicRequest(given)
    const { origin, protocol } = new URL(request.url)
    const present = read(readPreviewCookie(request))
    if (present === undefined && !open) return refuse(404, 'Not found')
    // Another site must not be able to change what a developer sees.
    if (request.headers.get('origin') !== origin) return refuse(403, 'Only this site may change its preview.')
    if (!/^application\/json\b/.test(request.headers.get('content-type') ?? ''))
      return refuse(415, 'Send application/json.')
    const asked = parsePreview(await request.text())
    if (asked === undefined) return refuse(400, 'That is no preview: look at its names and types.')
    if (asked === 'end') return answer(previewHeaders('', 0, protocol === 'https:'))
    const preview = { ...asked, exp: present?.exp ?? Math.floor(clock() / 1000) + DAY_SECONDS }
    const token = createPreview(keys(), site, preview)
    return answer(previewHeaders(token, secondsLeft(preview), protocol === 'https:'))
  }

  return { GET: begin, POST: change }
}

function answer(headers: Headers): Response {
  return new Response(null, { status: 204, headers })
}

function refuse(status: number, message: string): Response {
  return new Response(message, { status, headers: { 'cache-control': 'no-store' } })
}
