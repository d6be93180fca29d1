import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'
import { requireVariable } from './require-variable.ts'

/**
 * The URL of the Redis that holds a ruleset: `REDIS_URL`, else that of the profiles, `ATTUNE_REDIS_URL`. @throws CannotRun, with the cure,
 * without either or when it names several nodes: a ruleset lies on one server.
 */
export function redisAddress(env: Io['env']): string {
  const url =
    env.REDIS_URL ||
    env.ATTUNE_REDIS_URL ||
    requireVariable(env, 'REDIS_URL', 'where Redis is, such as redis://127.0.0.1:6379')
  // What is wrong is not quoted: it may hold a password.
  if (url.includes(','))
    throw new CannotRun(
      'REDIS_URL (or ATTUNE_REDIS_URL) names several nodes. A ruleset lies on one server: set REDIS_URL to it.',
    )
  return url
}
