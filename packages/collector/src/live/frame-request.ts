import { CONSENT_COOKIE, SESSION_COOKIE } from '../cookie-names.ts'
import { createLazyPrototype } from '../lazy-prototype.ts'
import type { BatchFrame } from './frame.ts'

/** The headers with which a socket began, by their names in small letters. */
export type SocketHeaders = Readonly<Record<string, string | undefined>>

/** What all messages of one socket have in common. */
export interface FrameBase {
  /** The address of the socket as a web address: its scheme and host are the site's. */
  readonly url: string
  /** Without cookies, and without what makes a request the beginning of a socket. */
  readonly headers: SocketHeaders
  /** Those cookies that pages cannot read, as a `Cookie` header has them; '' when there are none. */
  readonly cookies: string
}

const HEADERS: unique symbol = Symbol('attune.headers')
const PARTS: unique symbol = Symbol('attune.parts')
const WHOLE: unique symbol = Symbol('attune.whole')

interface FrameHeaders {
  readonly [HEADERS]: readonly [own: SocketHeaders, base: SocketHeaders]
  [WHOLE]?: Headers
}

interface FrameRequest {
  readonly [PARTS]: { readonly url: string; readonly headers: Headers; readonly body: Uint8Array }
  [WHOLE]?: Request
}

// Making whole web objects costs more than answering most messages.
const headersPrototype = createLazyPrototype<FrameHeaders>(
  Headers.prototype,
  {
    get(name: string): string | null {
      return find(this, name) ?? null
    },
    has(name: string): boolean {
      return find(this, name) !== undefined
    },
  },
  (headers) => {
    const [own, base] = headers[HEADERS]
    const all = Object.entries({ ...base, ...own }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] satisfies [string, string]],
    )
    headers[WHOLE] ??= new Headers(all)
    return headers[WHOLE]
  },
)

const requestPrototype = createLazyPrototype<FrameRequest>(
  Request.prototype,
  {
    get method(): string {
      return 'POST'
    },
    get url(): string {
      return this[PARTS].url
    },
    get headers(): Headers {
      return this[PARTS].headers
    },
  },
  (request) => {
    const { url, headers, body } = request[PARTS]
    request[WHOLE] ??= new Request(url, { method: 'POST', headers: [...headers], body: body.slice() })
    return request[WHOLE]
  },
)

/** Makes of a message the request that its batch would have been by HTTP. */
export function createFrameRequest(base: FrameBase, { consent, session, page, body }: BatchFrame): Request {
  const said = [
    ...(base.cookies === '' ? [] : [base.cookies]),
    ...(consent === undefined ? [] : [`${CONSENT_COOKIE}=${consent}`]),
    ...(session === undefined ? [] : [`${SESSION_COOKIE}=${session}`]),
  ]
  const own = { 'content-type': 'application/json', cookie: said.join('; '), referer: page }
  const headers = Object.assign(Object.create(headersPrototype), { [HEADERS]: [own, base.headers] })
  return Object.assign(Object.create(requestPrototype), { [PARTS]: { url: base.url, headers, body } })
}

function find({ [HEADERS]: [own, base] }: FrameHeaders, name: string): string | undefined {
  const key = name.toLowerCase()
  if (Object.hasOwn(own, key)) return own[key]
  return Object.hasOwn(base, key) ? base[key] : undefined
}
