/** A request that is answered without looking at its events. */
export interface RequestRefusal {
  readonly status: 400 | 403 | 405 | 413 | 415
  /** Stable machine-readable name. */
  readonly error: string
  /** One sentence with the cure. */
  readonly message: string
}

// fetch sends JSON as such; a beacon may only say text without asking the server first.
const CONTENT_TYPE = /^(?:application\/json|text\/plain)\s*(?:;\s*charset="?utf-8"?\s*)?$/i

/** Says what is wrong with a request before its body is read, or nothing. `allowedOrigins` like `https://shop.example`. */
export function refuseRequest(
  { method, headers, url }: Pick<Request, 'method' | 'headers' | 'url'>,
  allowedOrigins: readonly string[],
): RequestRefusal | undefined {
  if (method !== 'POST') {
    return { status: 405, error: 'method', message: 'Events are sent with POST.' }
  }
  const origin = headers.get('origin')
  if (
    origin !== null &&
    !isSameOrigin(origin, url, headers.get('host')) &&
    !allowedOrigins.includes(origin)
  ) {
    return {
      status: 403,
      error: 'origin',
      message:
        'The page is of another origin than this collector. Name it in `allowedOrigins`, of `attune serve` with --origin.',
    }
  }
  if (!CONTENT_TYPE.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) {
    return {
      status: 415,
      error: 'content-type',
      message: 'Send a plain body as application/json or text/plain, in UTF-8.',
    }
  }
  return undefined
}

/** Tells whether an `Origin` is that of the request. Behind a proxy the URL may name an inner host or scheme; a browser sets Origin and Host itself, a page cannot. */
export function isSameOrigin(origin: string, url: string, host: string | null): boolean {
  if (origin === `https://${host}` || origin === `http://${host}`) return true
  if (!URL.canParse(origin)) return false
  const from = new URL(origin).host
  return from !== '' && from === new URL(url).host
}
