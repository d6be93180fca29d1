import { until } from './fault-time.ts'
import { type RedisServer, startRedis } from './redis.ts'

const SLOTS = 16_384
const READY_LIMIT_MS = 20_000
const ARGS = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', '--repl-diskless-sync-delay', '0']

/** A cluster on this machine. */
export interface RedisCluster {
  /** Those that were primaries at first. */
  readonly nodes: readonly RedisServer[]
  /** Their replicas, in the same order, or nobody. */
  readonly replicas: readonly RedisServer[]
  readonly urls: readonly string[]
  stop(): Promise<void>
}

/** Starts a cluster whose primaries share the slots evenly, each with a replica if so wanted. Resolves when all of them say that it is whole. */
export async function startRedisCluster(size = 3, withReplicas = false): Promise<RedisCluster> {
  const count = withReplicas ? 2 * size : size
  const all = await Promise.all(Array.from({ length: count }, () => startRedis(...ARGS)))
  const [nodes, replicas] = [all.slice(0, size), all.slice(size)]
  const stop = async () => {
    await Promise.all(all.map((node) => node.stop()))
  }
  const share = Math.ceil(SLOTS / size)
  try {
    await Promise.all(
      nodes.map((node, at) =>
        node.ask('CLUSTER', 'ADDSLOTSRANGE', at * share, Math.min(SLOTS, (at + 1) * share) - 1),
      ),
    )
    // Two nodes that call themselves the first would never agree.
    await Promise.all(all.map((node, at) => node.ask('CLUSTER', 'SET-CONFIG-EPOCH', at + 1)))
    for (const node of all.slice(1)) await nodes[0]!.ask('CLUSTER', 'MEET', '127.0.0.1', node.port)
    await until('the nodes of the cluster find each other', READY_LIMIT_MS, () => isWhole(all, size))
    await Promise.all(replicas.map((replica, at) => follow(replica, nodes[at]!)))
  } catch (error) {
    await stop()
    throw error
  }
  return { nodes, replicas, urls: nodes.map(({ url }) => url), stop }
}

async function isWhole(nodes: readonly RedisServer[], size: number): Promise<boolean> {
  const infos = await Promise.all(nodes.map((node) => node.ask('CLUSTER', 'INFO')))
  const wanted = ['cluster_state:ok', `cluster_size:${size}\r`, `cluster_known_nodes:${nodes.length}\r`]
  return infos.every((info) => wanted.every((line) => String(info).includes(line)))
}

async function follow(replica: RedisServer, primary: RedisServer): Promise<void> {
  await replica.ask('CLUSTER', 'REPLICATE', String(await primary.ask('CLUSTER', 'MYID')))
  await catchUp(primary, replica)
}

/** Waits until a replica has everything that its primary has now, as `WAIT` would. */
export async function catchUp(primary: RedisServer, replica: RedisServer): Promise<void> {
  const wanted = await numberOf(primary, 'master_repl_offset')
  await until('the replica has it all', READY_LIMIT_MS, async () => {
    const info = String(await replica.ask('INFO', 'replication'))
    return info.includes('master_link_status:up') && (await numberOf(replica, 'slave_repl_offset')) >= wanted
  })
}

async function numberOf(server: RedisServer, name: string): Promise<number> {
  const info = String(await server.ask('INFO', 'replication'))
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1])
}
