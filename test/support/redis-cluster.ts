import { type RedisServer, startRedis } from './redis.ts'

const SLOTS = 16_384
const READY_LIMIT_MS = 20_000

/** A cluster of primaries without replicas, on this machine. */
export interface RedisCluster {
  readonly nodes: readonly RedisServer[]
  readonly urls: readonly string[]
  stop(): Promise<void>
}

/** Starts a cluster whose nodes share the slots evenly. Resolves when all of them say that it is whole. */
export async function startRedisCluster(size = 3): Promise<RedisCluster> {
  const nodes = await Promise.all(
    Array.from({ length: size }, () =>
      startRedis('--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'),
    ),
  )
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()))
  }
  const share = Math.ceil(SLOTS / size)
  try {
    await Promise.all(
      nodes.map((node, at) =>
        node.ask('CLUSTER', 'ADDSLOTSRANGE', at * share, Math.min(SLOTS, (at + 1) * share) - 1),
      ),
    )
    // Two nodes that call themselves the first would never agree.
    await Promise.all(nodes.map((node, at) => node.ask('CLUSTER', 'SET-CONFIG-EPOCH', at + 1)))
    for (const node of nodes.slice(1)) await nodes[0]!.ask('CLUSTER', 'MEET', '127.0.0.1', node.port)
    await untilWhole(nodes)
  } catch (error) {
    await stop()
    throw error
  }
  return { nodes, urls: nodes.map(({ url }) => url), stop }
}

async function untilWhole(nodes: readonly RedisServer[]): Promise<void> {
  const limit = performance.now() + READY_LIMIT_MS
  while (performance.now() < limit) {
    const infos = await Promise.all(nodes.map((node) => node.ask('CLUSTER', 'INFO')))
    const isWhole = (info: unknown) =>
      String(info).includes('cluster_state:ok') && String(info).includes(`cluster_size:${nodes.length}\r`)
    if (infos.every(isWhole)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The nodes of the cluster did not find each other.')
}
