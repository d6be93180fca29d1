export { createRedisQueue, type RedisQueueOptions } from './drivers/redis-queue.ts'
export type { RedisQueueSettings } from './queue/create-redis-queue.ts'
