import { REKEY_PATIENCE, rekeyVisitors } from '../commands/rekey-visitors.ts'
import { createStoreSpace } from '../commands/store-space.ts'
import type { RedisRekeyResult, RekeySettings } from '../rekey-result.ts'
import { connectRedis, type RedisAddress } from './connect-redis.ts'

/** A Redis, or a cluster, and how its visitors are moved. */
export interface RedisRekeyOptions extends RekeySettings, RedisAddress {
  /** Which keys there: as the store has it. Default `default`. */
  readonly site?: string | undefined
  /** Milliseconds after which one that was moved vanishes even if nobody sweeps: as the store has it. Default 400 days. */
  readonly expiry?: number | undefined
}

/**
 * Moves whoever stands in a Redis under their id as it is to the key of the newest secret, while others read and write: broken off, it goes on when it is
 * asked again. Tombstones, markers of who was merged and refused events go with them; who stands under both is made one. What waits in a queue stays as it is
 * and is folded under the name it came with: asked again when it has been folded, this moves it.
 * @throws when it is not said where Redis is.
 */
export async function rekeyRedis({
  keys,
  now,
  onStep,
  site,
  expiry,
  ...address
}: RedisRekeyOptions): Promise<RedisRekeyResult> {
  const commands = connectRedis('rekeyRedis', { timeout: 1_000, ...address })
  try {
    const space = createStoreSpace('redis', commands, { site, expiry, patience: REKEY_PATIENCE })
    return await rekeyVisitors(space, { keys, now, onStep })
  } finally {
    await commands.close()
  }
}
