import { sealRuleset } from '../source/envelope.ts'
import { trouble } from '../source/trouble.ts'
import { within } from '../source/within.ts'
import { RULESET_KEY } from './ruleset-key.ts'
import { withRedis } from './with-redis.ts'

/** Where in Redis a ruleset is put. */
export interface RedisPlace {
  /** Such as `redis://127.0.0.1:6379`. */
  readonly url: string
  /** Default `attune:ruleset`. */
  readonly key?: string | undefined
  /** Signs it. */
  readonly secret: string
  /** Milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

/**
 * Puts the text of a published ruleset below a key, signed, in one step, and reads it back.
 * @throws when Redis is out of reach, refuses, or then holds something else.
 */
export async function writeRedisRuleset(
  text: string,
  { url, key = RULESET_KEY, secret, timeout = 10_000 }: RedisPlace,
): Promise<void> {
  const name = `the key ${key} of Redis`
  const envelope = JSON.stringify(await sealRuleset(text, secret))
  await within(name, timeout, (signal) =>
    withRedis({ url, name, timeout, signal }, async (store) => {
      await store.set(key, envelope)
      if ((await store.get(key)) !== envelope)
        throw trouble(name, 'was written by somebody else at the same time. Publish again')
    }),
  )
}
