import { writeRedisRuleset } from '@attune/storage/ruleset-redis'
import { textOption } from '../command.ts'
import { requireSecret } from '../options/read-secret.ts'
import { countOf } from '../terminal/format.ts'
import { printable } from '../terminal/style.ts'
import { sizeOf, type Target } from './publication.ts'
import { redisAddress } from './redis-address.ts'
import { DEFAULT_KEY } from './stored-key.ts'

/** Puts it below a key of the Redis at REDIS_URL, else ATTUNE_REDIS_URL. */
export const toRedis: Target = {
  options: ['key'],
  async publish({ text }, call, io) {
    const secret = requireSecret(io.env, 'sign the ruleset')
    const url = redisAddress(io.env)
    const key = textOption(call, 'key') ?? DEFAULT_KEY
    await writeRedisRuleset(text, { url, key, secret })
    return `the key ${printable(key)} of Redis: ${countOf(sizeOf(text), 'byte')}`
  },
}
