import type { ProfileStore } from '@attune/storage'
import { createRedisStore } from '@attune/storage/redis'
import { pause } from './fault-time.ts'
import { type RedisServer, startRedis } from './redis.ts'
import { startTcpFaultProxy, type TcpFaultProxy } from './tcp-fault-proxy.ts'
import { connectRedis } from './upstash-bridge-connection.ts'

/** A Redis, a proxy before it that may fail, and a store on either side. */
export interface RedisStage {
  readonly server: RedisServer
  readonly proxy: TcpFaultProxy
  /** Through the proxy, with the deadlines of production. */
  readonly store: ProfileStore
  /** Past it, and patient. */
  readonly direct: ProfileStore
}

/** Starts a Redis with some arguments, a proxy and both stores. */
export async function openRedisStage(
  later: (close: () => unknown) => void,
  args: readonly string[] = [],
): Promise<RedisStage> {
  const server = await startRedis(...args)
  later(() => server.stop())
  const proxy = await startTcpFaultProxy(server.port)
  later(() => proxy.close())
  const store = createRedisStore({ url: `redis://127.0.0.1:${proxy.port}` })
  later(() => store.close())
  const direct = createRedisStore({ url: server.url, timeout: 10_000 })
  later(() => direct.close())
  return { server, proxy, store, direct }
}

/** The keys of a visitor in a Redis of these tests. */
export function keyOf(visitor: string, part: 'profile' | 'recent' | 'settled'): string {
  return `attune:default:{${visitor}}:${part}`
}

/** A script that never ends holds the Redis up: it says so to everybody else, until `SCRIPT KILL`. */
export async function holdUp(server: RedisServer): Promise<void> {
  await server.ask('CONFIG', 'SET', 'busy-reply-threshold', 50)
  const holding = connectRedis(server.port)
  holding
    .send([['EVAL', 'while true do end', '0']])
    .catch(() => {})
    .finally(() => holding.close())
  await pause(80)
}
