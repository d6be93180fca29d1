import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { createLazyPrototype } from '../lazy-prototype.ts'
import { toHeaders } from './node-headers.ts'

const INCOMING = Symbol('incoming')
const URL_TEXT = Symbol('url')
const HEADERS = Symbol('headers')
const WHOLE = Symbol('whole')

// A target that parsing leaves as it is.
const PLAIN_TARGET = /^(?:\/[\w-]+)+$/
const MAX_ORIGINS = 100
const origins = new Map<string, string>()

interface NodeRequest {
  readonly [INCOMING]: IncomingMessage
  readonly [URL_TEXT]: string
  readonly [HEADERS]: Headers
  [WHOLE]?: Request
}

// Making a whole Request costs more than answering most of them; few are asked for more than these three.
const prototype = createLazyPrototype<NodeRequest>(
  Request.prototype,
  {
    get method(): string {
      return this[INCOMING].method ?? 'GET'
    },
    get url(): string {
      return this[URL_TEXT]
    },
    get headers(): Headers {
      return this[HEADERS]
    },
  },
  wholeOf,
)

/** Makes a web request of a `node:http` one. Throws when it is none: a host, path or method that the web does not know. */
export function toRequest(incoming: IncomingMessage): Request {
  const { headers, socket, method = 'GET' } = incoming
  if (method === 'TRACE' || method === 'CONNECT') throw new TypeError(`The web knows no ${method}.`)
  const isSecure = 'encrypted' in socket || headers['x-forwarded-proto'] === 'https'
  // Put together as text: resolved, a target like //elsewhere/ would be another host.
  const origin = originOf(`${isSecure ? 'https' : 'http'}://${headers.host ?? 'localhost'}`)
  const target = incoming.url?.startsWith('/') ? incoming.url : '/'
  return Object.assign(Object.create(prototype), {
    [INCOMING]: incoming,
    [URL_TEXT]: PLAIN_TARGET.test(target) ? origin + target : new URL(origin + target).href,
    [HEADERS]: toHeaders(incoming),
  })
}

// One server is asked under few names; each is looked at once.
function originOf(base: string): string {
  const known = origins.get(base)
  if (known !== undefined) return known
  const { origin } = new URL(base)
  if (origins.size >= MAX_ORIGINS) origins.clear()
  origins.set(base, origin)
  return origin
}

function wholeOf(request: NodeRequest): Request {
  const { [INCOMING]: incoming, [URL_TEXT]: url, [HEADERS]: headers } = request
  const { method = 'GET' } = incoming
  request[WHOLE] ??= new Request(url, {
    method,
    headers: [...headers],
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: streamOf(incoming), duplex: 'half' }),
  })
  return request[WHOLE]
}

function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  // Node's own name for the same class.
  return Readable.toWeb(incoming) as ReadableStream<Uint8Array>
}
