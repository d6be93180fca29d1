import { createRedisStore as createStore } from '../commands/create-redis-store.ts'
import type { RedisStoreSettings } from '../commands/store-space.ts'
import type { Quarantine, RehearsingStore } from '../profile-store.ts'
import type { TellsKeys } from '../standing-keys.ts'
import type { VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { connectRedis, type RedisAddress } from './connect-redis.ts'

export interface RedisStoreOptions extends RedisStoreSettings, RedisAddress {}

/**
 * Keeps events and profiles in Redis 6.2 or later, Valkey, or a cluster of them, through the package `redis`, which is loaded
 * when the store is first asked, or at once with `warm`. An append resolves when Redis has answered: it is as durable as this Redis is configured
 * to be. With `appendonly yes` and `appendfsync always` it is on the disk; with `everysec` a crash of the machine loses the
 * last second; without, a restart loses what came after the last snapshot.
 * @throws when it is not said where Redis is.
 */
export function createRedisStore({
  url,
  nodes,
  client,
  ca,
  timeout,
  warm,
  onError,
  ...settings
}: RedisStoreOptions): RehearsingStore & Quarantine & VisitorRights & VisitorMerging & TellsKeys {
  const commands = connectRedis('createRedisStore', { url, nodes, client, ca, timeout, warm, onError })
  return createStore('redis', commands, settings)
}
