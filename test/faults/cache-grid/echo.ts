import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that answers with the headers it was asked with, as JSON. */
export interface Echo {
  readonly port: number
  readonly stop: () => Promise<void>
}

/** Starts an echo on this machine. */
export async function startEcho(): Promise<Echo> {
  const server = createServer((request, response) => {
    response.setHeader('cache-control', 'no-store')
    response.end(JSON.stringify(request.headers))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
