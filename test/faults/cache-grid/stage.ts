import { type Asker, createAsker } from './ask.ts'
import { type BuiltShop, startBuiltShop } from './built-shop.ts'
import { type GridCache, type Programs, startNginxCache, startVarnishCache } from './caches.ts'
import { type Canary, startCanary } from './canary.ts'
import type { Facts } from './mutations.ts'
import { createOracle, type Oracle } from './oracle.ts'
import { type GridVisitors, makeVisitors } from './visitors.ts'

/** The shop, its visitors, and the caches in front of it. */
export interface Stage {
  readonly shop: BuiltShop
  /** The shop, with nothing in between. */
  readonly direct: Asker
  readonly canary: Canary
  readonly visitors: GridVisitors
  readonly oracle: Oracle
  readonly facts: Facts
  readonly caches: readonly GridCache[]
  readonly stop: () => Promise<void>
}

/** What stands in the caches' configurations; their own defaults where nothing is said. */
export interface Configs {
  readonly nginx?: string
  readonly vcl?: string
}

/** Starts the shop behind both caches, each with an empty cache of its own. What was started ends when something does not start. */
export async function startStage(programs: Programs, configs: Configs = {}): Promise<Stage> {
  const started: (() => unknown)[] = []
  const stop = async (): Promise<void> => {
    for (const end of started.toReversed()) await end()
  }
  try {
    return { ...(await startParts(programs, configs, started)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(
  { nginx, varnish }: Programs,
  configs: Configs,
  started: (() => unknown)[],
): Promise<Omit<Stage, 'stop'>> {
  const shop = await startBuiltShop()
  started.push(shop.stop)
  const canary = await startCanary()
  started.push(canary.stop)
  const direct = createAsker(shop.port)
  started.push(direct.close)
  const visitors = await makeVisitors(shop)
  const oracle = await createOracle(direct, visitors)
  const caches: GridCache[] = []
  for (const start of [
    () => startNginxCache(nginx, shop.port, configs.nginx),
    () => startVarnishCache(varnish, shop.port, configs.vcl),
  ]) {
    const cache = await start()
    started.push(cache.stop)
    caches.push(cache)
  }
  const internalPaths: string[] = []
  for (const { headers } of [visitors.hiker, visitors.climber]) {
    const answer = await direct.ask({ path: '/', headers })
    internalPaths.push(answer.headers.get('x-middleware-rewrite')!)
  }
  const facts = { buildId: shop.buildId, canaryPort: canary.port, internalPaths }
  return { shop, direct, canary, visitors, oracle, facts, caches }
}
