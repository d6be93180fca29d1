/** Why a request to the log of consent is not heard. */
export interface AnswerRefusal {
  readonly status: 400 | 403 | 405 | 415
  /** Stable machine-readable name. */
  readonly error: string
  /** One sentence with the cure. */
  readonly message: string
}

const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i

/**
 * Says what is wrong with a request before its body is read, or nothing. Only a page of this site may tell what its visitor answered:
 * unlike events, without an `Origin` nothing is taken, and text that a form could send is not.
 */
export function refuseAnswer(
  { method, headers, url }: Pick<Request, 'method' | 'headers' | 'url'>,
  allowedOrigins: readonly string[],
): AnswerRefusal | undefined {
  if (method !== 'POST') return { status: 405, error: 'method', message: 'Answers are sent with POST.' }
  const origin = headers.get('origin') ?? ''
  const site = headers.get('sec-fetch-site')
  const isSame = isSameOrigin(origin, url, headers.get('host')) && (site === null || site === 'same-origin')
  // A browser of today says both; what it says of another origin that the owner named is `same-site` or `cross-site`.
  const isNamed = allowedOrigins.includes(origin) && site !== 'none'
  if (!isSame && !isNamed) {
    return {
      status: 403,
      error: 'origin',
      message:
        'Answers are told by pages of this site. Name another origin in `allowedOrigins`, of `attune serve` with --origin.',
    }
  }
  if (!JSON_TYPE.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) {
    return { status: 415, error: 'content-type', message: 'Send a plain body as application/json, in UTF-8.' }
  }
  return undefined
}

/**
 * Tells whether an `Origin` is that of the host that was asked. Behind a proxy the URL may name an inner host or scheme; a browser sets Origin
 * and Host itself, a page cannot.
 */
export function isSameOrigin(origin: string, url: string, host: string | null): boolean {
  if (origin === `https://${host}` || origin === `http://${host}`) return true
  return URL.canParse(origin) && new URL(origin).host !== '' && new URL(origin).host === new URL(url).host
}
