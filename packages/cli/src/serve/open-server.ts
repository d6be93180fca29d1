import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Server as Listener } from 'node:net'
import { CannotRun } from '../command.ts'

/** Answers a request of `node:http`; never rejects. */
export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

/** A server that listens. */
export interface OpenServer {
  /** Where it listens; the real port when 0 was asked for. */
  readonly port: number
  /** Takes no more connections and lets what is under way end. Answers whether all of it did within `grace` milliseconds. */
  close(grace: number): Promise<boolean>
}

// A batch has 64 KB at most: whoever is slower than this holds a connection for nothing.
const HEADERS_TIMEOUT = 5_000
const REQUEST_TIMEOUT = 10_000
// Connections that wait to be taken. Of more the kernel drops the first packet, and a browser tries again only after 1, 2, 4 seconds: what is not
// even refused waits longest. 511, Node's default, come within one busy turn of the event loop. The kernel may allow less (`somaxconn`).
const BACKLOG = 4_096
// On a connection that seems idle a request may be on its way: so long it is still answered.
const QUIET = 500

/** Listens. @throws CannotRun with the cure when the address cannot be had. */
export async function openServer(
  handler: NodeHandler,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<OpenServer> {
  const underWay = new Set<ServerResponse>()
  let closing = false
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT, requestTimeout: REQUEST_TIMEOUT, connectionsCheckingInterval: 1_000 },
    (incoming, outgoing) => {
      underWay.add(outgoing)
      outgoing.once('close', () => underWay.delete(outgoing))
      if (closing) outgoing.shouldKeepAlive = false
      void handler(incoming, outgoing)
    },
  )
  await listen(server, host, port)
  const address = server.address()

  async function close(grace: number): Promise<boolean> {
    closing = true
    // Connections stay open between requests; those busy now must not wait for a next one.
    for (const outgoing of underWay) outgoing.shouldKeepAlive = false
    let inTime = true
    const deadline = setTimeout(() => {
      inTime = false
      server.closeAllConnections()
    }, grace)
    const quiet = setTimeout(() => server.closeIdleConnections(), Math.min(QUIET, grace))
    // That of `http.Server` resets idle connections, also where a request has arrived and was not read yet.
    await new Promise((resolve) => Listener.prototype.close.call(server, resolve))
    clearTimeout(deadline)
    clearTimeout(quiet)
    return inTime
  }

  return { port: typeof address === 'object' && address !== null ? address.port : port, close }
}

function listen(server: ReturnType<typeof createServer>, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new CannotRun(describe(error, host, port))))
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

function describe({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken. Stop what listens there, or choose another: --port ${(port % 65535) + 1}.`
  if (code === 'EACCES')
    return `Port ${port} needs more rights. Choose one from 1024 up, for example --port 8787.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${JSON.stringify(host)} is no address of this machine. Use --host 127.0.0.1, or 0.0.0.0 for all.`
  return `The server cannot listen on ${host}:${port}: ${message}`
}
