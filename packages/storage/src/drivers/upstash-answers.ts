import { createSharedAnswers, type SharedAnswersSettings } from '../commands/create-shared-answers.ts'
import type { SharedAnswers } from '../consent/shared-answers.ts'
import { connectUpstash, type UpstashClientOptions, type UpstashStoreOptions } from './upstash.ts'

/** A database, as a store of it is told where it is. */
export type UpstashAnswersOptions = SharedAnswersSettings & (UpstashStoreOptions | UpstashClientOptions)

/**
 * Does in a database of Upstash, over REST, what `createRedisAnswers` does in a Redis.
 * @throws when the URL or the token cannot be one.
 */
export function createUpstashAnswers(options: UpstashAnswersOptions): SharedAnswers {
  const { site, expiry } = options
  return createSharedAnswers(connectUpstash('createUpstashAnswers', options), { site, expiry })
}
