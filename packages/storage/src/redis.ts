export type { RedisStoreSettings } from './commands/create-redis-store.ts'
export type { EventStream } from './commands/write-visitor.ts'
export { createRedisStore, type RedisStoreOptions } from './drivers/redis.ts'
export type { RedisClient, RedisClusterClient } from './drivers/redis-link.ts'
