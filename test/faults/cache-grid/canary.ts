import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** A listener that nobody has a reason to call. */
export interface Canary {
  readonly port: number
  /** What callers said first, each in at most 200 characters. */
  readonly calls: readonly string[]
  readonly stop: () => Promise<void>
}

/** Starts a canary on this machine. */
export async function startCanary(): Promise<Canary> {
  const calls: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const at = calls.push('called, and said nothing') - 1
    socket.once('data', (chunk) => {
      calls[at] = chunk.toString('latin1').slice(0, 200)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\ncanary')
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
