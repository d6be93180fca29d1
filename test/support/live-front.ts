import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { blocksOf, readPage } from '../docs/markdown.ts'
import { startNginxCache, startVarnishCache } from '../faults/cache-grid/caches.ts'

/** What stands in front of a site and of the sockets beside it. */
export interface LiveFront {
  readonly origin: string
  readonly stop: () => Promise<void>
}

/** One whose sockets can be cut. */
export interface CuttableFront extends LiveFront {
  /** Ends every socket that there is; until `heal` nothing answers at their address. */
  cut(): void
  heal(): void
}

/** The ports of this machine behind it. */
export interface LivePorts {
  readonly site: number
  readonly sockets: number
}

const SOCKET = /^\/attune\/socket(\?|$)/
const GUIDE = readPage('docs/guide/reverse-proxy.md')

/** Starts nginx as the guide prints it, sockets and all. */
export async function startNginxFront(program: string, { site, sockets }: LivePorts): Promise<LiveFront> {
  const [server = '', location = '', map = ''] = blocksOf(GUIDE).flatMap(({ info, text }) =>
    info === 'nginx' ? [text] : [],
  )
  const whole = `${map}\n${server.replace(/\}\s*$/, `${location}}\n`)}`
  const { port, stop } = await startNginxCache(program, site, withSockets(whole, sockets))
  return { origin: `http://localhost:${port}`, stop }
}

/** Starts Varnish, likewise. */
export async function startVarnishFront(program: string, { site, sockets }: LivePorts): Promise<LiveFront> {
  const [server = '', addition = ''] = blocksOf(GUIDE).flatMap(({ info, text }) =>
    info === 'vcl' ? [text] : [],
  )
  const whole = server.replace('sub vcl_recv', `${withSockets(addition, sockets)}\nsub vcl_recv`)
  const { port, stop } = await startVarnishCache(program, site, whole)
  return { origin: `http://localhost:${port}`, stop }
}

/** Starts a proxy that does no more than it must. */
export async function startNodeFront({ site, sockets }: LivePorts): Promise<CuttableFront> {
  const open = new Set<Duplex>()
  let isCut = false
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const isSocket = SOCKET.test(incoming.url ?? '')
    if (isSocket && isCut) return void outgoing.writeHead(502).end()
    const { method, headers, url: path } = incoming
    const asked = request({ port: isSocket ? sockets : site, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    // Who left is told nothing.
    asked.on('error', () => outgoing.destroy())
    outgoing.on('close', () => asked.destroy())
    incoming.pipe(asked)
  }
  const lead = (incoming: IncomingMessage, client: Duplex, head: Buffer): void => {
    if (isCut) return void client.destroy()
    const server: Socket = connect(sockets, '127.0.0.1', () => {
      const { rawHeaders: raw } = incoming
      const lines = raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : []))
      server.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      server.write(head)
      server.pipe(client).pipe(server)
    })
    open.add(client)
    for (const end of [client, server]) {
      end.on('error', () => {})
      end.on('close', () => {
        client.destroy()
        server.destroy()
        open.delete(client)
      })
    }
  }
  const server = createServer(pass).on('upgrade', lead)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const endSockets = (): void => {
    for (const one of open) one.destroy()
  }
  return {
    origin: `http://localhost:${port}`,
    cut: () => {
      isCut = true
      endSockets()
    },
    heal: () => {
      isCut = false
    },
    stop: async () => {
      endSockets()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function withSockets(config: string, port: number): string {
  return config.replaceAll('8787', String(port))
}
