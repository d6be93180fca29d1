import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

/** Answers a web request. */
export type Handle = (request: Request) => Promise<Response>

/**
 * Makes a web-standard handler one of `node:http`. The request's URL has the scheme of the connection, or of
 * `X-Forwarded-Proto` behind a proxy, and the host of the `Host` header. Never rejects.
 */
export function createNodeHandler(
  handle: Handle,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    try {
      await write(await handle(toRequest(incoming)), outgoing)
    } catch {
      // The request is no request (a path or header that the web does not know), or the answer could not be read.
      if (!outgoing.headersSent) outgoing.writeHead(400, { 'cache-control': 'no-store' })
      outgoing.end()
    }
  }
}

function toRequest(incoming: IncomingMessage): Request {
  const { method = 'GET', headers, rawHeaders } = incoming
  const isSecure = 'encrypted' in incoming.socket || headers['x-forwarded-proto'] === 'https'
  const { origin } = new URL(`${isSecure ? 'https' : 'http'}://${headers.host ?? 'localhost'}`)
  // Put together as text: resolved, a target like //elsewhere/ would be another host.
  const target = incoming.url?.startsWith('/') ? incoming.url : '/'
  const pairs: [string, string][] = []
  for (let at = 0; at < rawHeaders.length; at += 2) pairs.push([rawHeaders[at]!, rawHeaders[at + 1]!])
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(origin + target, {
    method,
    headers: pairs,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' } : {}),
  })
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  outgoing.statusCode = response.status
  outgoing.setHeader('content-length', body.byteLength)
  outgoing.end(body)
}
