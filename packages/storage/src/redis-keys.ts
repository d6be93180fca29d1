export { type RedisRekeyOptions, rekeyRedis } from './drivers/redis-rekey.ts'
export { rekeyUpstash, type UpstashRekeyOptions } from './drivers/upstash-rekey.ts'
export type { RedisRekeyResult, RekeyResult, RekeySettings } from './rekey-result.ts'
