import { createRedisQueue as createQueue, type RedisQueueSettings } from '../queue/create-redis-queue.ts'
import type { EventQueue } from '../queue/event-queue.ts'
import { connectRedis, type RedisAddress } from './connect-redis.ts'

export interface RedisQueueOptions extends RedisQueueSettings, Omit<RedisAddress, 'onError' | 'warm'> {}

/**
 * Keeps entries in Redis Streams, in Redis 6.2 or later, Valkey, or a cluster of them, through the package `redis`, which is
 * loaded when the queue is first asked. A push resolves when Redis has answered: it is as durable as this Redis is
 * configured to be. With `appendonly yes` and `appendfsync always` it is on the disk; with `everysec` a crash of the machine
 * loses the last second; without, a restart loses what waits. `maxmemory-policy` must be `noeviction`.
 * @throws when it is not said where Redis is.
 */
export function createRedisQueue({
  url,
  nodes,
  client,
  ca,
  timeout,
  onError,
  ...settings
}: RedisQueueOptions): EventQueue {
  const commands = connectRedis('createRedisQueue', { url, nodes, client, ca, timeout, onError })
  return createQueue(commands, { ...settings, onError })
}
