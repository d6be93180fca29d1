import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Server as Listener } from 'node:net'
import type { Duplex } from 'node:stream'
import { CannotRun } from '../command.ts'

/** Answers a request of `node:http`; never rejects. */
export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

/** Takes a connection that is to be another protocol. */
export interface Upgrades {
  /** Tells whether a request that asks for it gets it; any other is answered as a request. */
  readonly isAsked: (incoming: IncomingMessage) => boolean
  readonly upgrade: (incoming: IncomingMessage, connection: Duplex, head: Buffer) => void
}

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

/** Where to listen. */
export interface Address {
  readonly host: string
  readonly port: number
  /** The option that names the port. Default `port`. */
  readonly option?: 'port' | 'metrics-port'
}

/** Listens. @throws CannotRun with the cure when the address cannot be had. */
export async function openServer(
  handler: NodeHandler,
  { host, port, option = 'port' }: Address,
  upgrades?: Upgrades | undefined,
): Promise<OpenServer> {
  const underWay = new Set<ServerResponse>()
  let closing = false
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: 1_000,
      ...(upgrades && { shouldUpgradeCallback: upgrades.isAsked }),
    },
    (incoming, outgoing) => {
      underWay.add(outgoing)
      outgoing.once('close', () => underWay.delete(outgoing))
      if (closing) outgoing.shouldKeepAlive = false
      void handler(incoming, outgoing)
    },
  )
  if (upgrades !== undefined)
    server.on('upgrade', (incoming, connection, head) => {
      // Older than Node 24.9 it asks nobody.
      if (upgrades.isAsked(incoming)) upgrades.upgrade(incoming, connection, head)
      else connection.destroy()
    })
  await listen(server, { host, port, option })
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

function listen(server: ReturnType<typeof createServer>, address: Required<Address>): Promise<void> {
  const { host, port } = address
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new CannotRun(describe(error, address))))
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

function describe({ code, message }: NodeJS.ErrnoException, address: Required<Address>): string {
  const { host, port, option } = address
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken. Stop what listens there, or choose another: --${option} ${(port % 65535) + 1}.`
  if (code === 'EACCES')
    return `Port ${port} needs more rights. Choose one from 1024 up, for example --${option} ${option === 'port' ? 8787 : 9464}.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${JSON.stringify(host)} is no address of this machine. Use --${option.replace('port', 'host')} 127.0.0.1, or 0.0.0.0 for all.`
  return `The server cannot listen on ${host}:${port}: ${message}`
}
