import type { Page } from 'playwright-core'
import { type NextServer, startNext } from './next-server.ts'

/** The built shop, running for one test file. */
export type ShopServer = NextServer

/** Starts the production build of the shop on a free port with an empty store; throws when it was not built. */
export function startShop(env: NodeJS.ProcessEnv = {}): Promise<ShopServer> {
  return startNext({ example: 'next-shop', probe: '/privacy', env })
}

/** Allows all in the shop's banner, and reads on once the log has answered: from then on the visitor is known by one id. */
export async function allowAll(page: Page): Promise<void> {
  const proven = page.waitForResponse('**/attune/consent')
  await page.getByRole('button', { name: 'Allow all' }).click()
  await proven
}
