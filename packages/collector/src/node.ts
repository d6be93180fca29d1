import type { IncomingMessage, ServerResponse } from 'node:http'
import { toRequest } from './node/node-request.ts'
import { readIncoming } from './node/read-incoming.ts'
import { type PlainAnswer, plainOf } from './plain-answer.ts'
import { noteQuickRead } from './quick-read.ts'

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
      const request = toRequest(incoming)
      noteQuickRead(request, (most) => readIncoming(incoming, most))
      await write(await handle(request), outgoing)
    } catch {
      // The request is no request (a host or header that the web does not know), or the answer could not be read.
      if (!outgoing.headersSent) outgoing.writeHead(400, { 'cache-control': 'no-store' })
      outgoing.end()
    }
  }
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  const plain = plainOf(response)
  if (plain === undefined) send(outgoing, response, Buffer.from(await response.arrayBuffer()))
  // Text leaves together with the head, in one write.
  else send(outgoing, plain, plain.text)
}

function send(
  outgoing: ServerResponse,
  { status, headers }: Pick<Response | PlainAnswer, 'status' | 'headers'>,
  body: Buffer | string,
): void {
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, value)
  outgoing.writeHead(status, [...flat, 'content-length', String(Buffer.byteLength(body))])
  outgoing.end(body)
}
