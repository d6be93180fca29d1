import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProfileReader } from '@attune/storage'
import type { RunningHost } from './promises.ts'

/** A store that never answers. */
export const DEAD: ProfileReader = { load: () => new Promise(() => {}) }

/** A secret of one run. */
export const newSecret = (): string => randomBytes(33).toString('base64url')

/** Listens on a free port. */
export async function listen(listener: RequestListener, secret: string): Promise<RunningHost> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    secret,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
