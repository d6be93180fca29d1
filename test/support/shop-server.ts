import { type NextServer, startNext } from './next-server.ts'

/** The built shop, running for one test file. */
export type ShopServer = NextServer

/** Starts the production build of the shop on a free port with an empty store; throws when it was not built. */
export function startShop(env: NodeJS.ProcessEnv = {}): Promise<ShopServer> {
  return startNext({ example: 'next-shop', probe: '/privacy', env })
}
