import { REKEY_PATIENCE, rekeyVisitors } from '../commands/rekey-visitors.ts'
import { createStoreSpace } from '../commands/store-space.ts'
import type { RedisRekeyResult, RekeySettings } from '../rekey-result.ts'
import { connectUpstash, type UpstashClientOptions, type UpstashStoreOptions } from './upstash.ts'

/** A database, and how its visitors are moved. */
export type UpstashRekeyOptions = RekeySettings & (UpstashStoreOptions | UpstashClientOptions)

/**
 * Does in a database of Upstash, over REST, what `rekeyRedis` does in a Redis: some twelve requests a visitor. Copies that the service keeps by itself still
 * hold the ids, until it lets go of them.
 * @throws when the URL or the token cannot be one.
 */
export function rekeyUpstash(options: UpstashRekeyOptions): Promise<RedisRekeyResult> {
  const { site, expiry } = options
  const commands = connectUpstash('rekeyUpstash', options)
  return rekeyVisitors(
    createStoreSpace('upstash', commands, { site, expiry, patience: REKEY_PATIENCE }),
    options,
  )
}
