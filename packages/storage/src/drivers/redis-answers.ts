import { createSharedAnswers, type SharedAnswersSettings } from '../commands/create-shared-answers.ts'
import type { SharedAnswers } from '../consent/shared-answers.ts'
import { connectRedis, type RedisAddress } from './connect-redis.ts'

export interface RedisAnswersOptions extends SharedAnswersSettings, RedisAddress {}

/**
 * Keeps the last answer of each visitor in a Redis, where every machine that serves the site finds it: `shareAnswers` of `@attune/storage/consent` puts it beside
 * the log of each. Connects when it is first asked.
 * @throws when it is not said where Redis is.
 */
export function createRedisAnswers({ site, expiry, ...address }: RedisAnswersOptions): SharedAnswers {
  return createSharedAnswers(connectRedis('createRedisAnswers', address), { site, expiry })
}
