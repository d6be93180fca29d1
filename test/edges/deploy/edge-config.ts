import { setupServer } from 'msw/node'
import { CONFIG, makeVercel, TOKEN } from '../../../packages/cli/test/support/vercel.ts'
import { listen } from '../hosts.ts'

const READS = 'a-token-that-reads'

/** Stands in for Vercel's Edge Config: its interface for `attune publish`, and the address that sites read. */
export interface EdgeConfigStandIn {
  /** What Vercel sets as `EDGE_CONFIG`. */
  readonly connectionString: string
  /** What `attune publish edge-config` needs. */
  readonly publishing: { readonly VERCEL_TOKEN: string }
  readonly id: string
  /** How often sites read. */
  readonly reads: () => number
  /** From now on sites are answered 503, or again. */
  readonly away: (isAway: boolean) => void
  /** While it runs, requests of this process to Vercel's interface are answered here. */
  readonly whilePublishing: (work: () => Promise<void>) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts it, empty. */
export async function startEdgeConfig(): Promise<EdgeConfigStandIn> {
  const vercel = makeVercel()
  let reads = 0
  let isAway = false
  const { origin, stop } = await listen((request, response) => {
    reads++
    if (isAway) return void response.writeHead(503).end()
    if (request.headers.authorization !== `Bearer ${READS}`) return void response.writeHead(401).end('{}')
    const [, key] = /^\/ecfg_test\/item\/([^?]+)/.exec(request.url ?? '') ?? []
    const item = key === undefined ? undefined : vercel.items.get(key)
    const headers = { 'content-type': 'application/json', 'x-edge-config-digest': 'd1gest' }
    if (item === undefined) return void response.writeHead(404, headers).end('{}')
    response.writeHead(200, headers).end(JSON.stringify(item))
  }, READS)
  return {
    connectionString: `${origin}/${CONFIG}?token=${READS}`,
    publishing: { VERCEL_TOKEN: TOKEN },
    id: CONFIG,
    reads: () => reads,
    away: (wished) => {
      isAway = wished
    },
    whilePublishing: async (work) => {
      const server = setupServer(...vercel.handlers)
      server.listen()
      await work().finally(() => server.close())
    },
    stop,
  }
}
