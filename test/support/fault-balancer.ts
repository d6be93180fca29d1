import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/** A balancer before some collectors: it takes them in turn, and answers 502 when the one whose turn it is does not answer. */
export interface Balancer {
  readonly url: string
  /** Which ports it takes in turn from now on. */
  use(ports: readonly number[]): void
  close(): Promise<void>
}

/** Starts a balancer. It knows nothing of health: whoever is sent to a server that ends has to try again. */
export async function startBalancer(first: readonly number[]): Promise<Balancer> {
  let ports = first
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const port = ports[turn++ % ports.length]
    void pass(incoming, outgoing, port ?? 0)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${own}/attune/collect`,
    use: (next) => {
      ports = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function pass(incoming: IncomingMessage, outgoing: ServerResponse, port: number): Promise<void> {
  const { method, url: path, headers } = incoming
  const asked = request({ host: '127.0.0.1', port, method, path, headers })
  asked.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
    answer.on('error', () => outgoing.destroy())
  })
  asked.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy()
    else outgoing.writeHead(502).end()
  })
  incoming.pipe(asked)
}
