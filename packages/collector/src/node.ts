import type { IncomingMessage, ServerResponse } from 'node:http'
import { followWork } from './node/follow-work.ts'
import { toRequest } from './node/node-request.ts'
import { readIncoming } from './node/read-incoming.ts'
import { refuseEarly } from './node/refuse-early.ts'
import type { Shedder } from './node/shedder.ts'
import { notePeer } from './peer.ts'
import { type PlainAnswer, plainOf } from './plain-answer.ts'
import { noteQuickRead } from './quick-read.ts'

export { deliveryOf } from './delivery.ts'
export { createShedder, type Shedder, type ShedderOptions, type ShedderState } from './node/shedder.ts'

/** Answers a web request. */
export type Handle = (request: Request) => Promise<Response>

/** What a handler does when too much comes. */
export interface NodeHandlerOptions {
  /**
   * Refuses what could not be answered in time with a 503, before its body is read. Handlers that share a process share one. Default: all is
   * let in.
   */
  readonly shedder?: Shedder | undefined
  /** Hears of each request that was refused so, when its answer left or cannot any more: whether it left whole. */
  readonly onShed?: ((isWhole: boolean) => void) | undefined
}

/**
 * Makes a web-standard handler one of `node:http`. The request's URL has the scheme of the connection, or of
 * `X-Forwarded-Proto` behind a proxy, and the host of the `Host` header. Never rejects.
 */
export function createNodeHandler(
  handle: Handle,
  { shedder, onShed }: NodeHandlerOptions = {},
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    if (shedder?.admits() === false) {
      if (onShed !== undefined) outgoing.once('close', () => onShed(outgoing.writableFinished))
      refuseEarly(outgoing)
      return
    }
    const endWork = shedder && followWork(incoming, shedder)
    try {
      const request = toRequest(incoming)
      notePeer(request, incoming.socket.remoteAddress)
      noteQuickRead(request, (most) => readIncoming(incoming, most))
      await write(await handle(request), outgoing)
    } catch {
      // The request is no request (a host or header that the web does not know), or the answer could not be read.
      if (!outgoing.headersSent) outgoing.writeHead(400, { 'cache-control': 'no-store' })
      outgoing.end()
    } finally {
      endWork?.()
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
