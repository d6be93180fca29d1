import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/**
 * The URL of the Redis that holds a ruleset: `REDIS_URL`, else that of the profiles, which `--redis` (`told`) or `ATTUNE_REDIS_URL` names.
 * @throws CannotRun, with the cure, without any, when it is no URL of a Redis, or when it names several nodes: a ruleset lies on one server.
 */
export function redisAddress(env: Io['env'], told?: string | undefined): string {
  const places = [
    ['REDIS_URL', env.REDIS_URL],
    ['--redis', told],
    ['ATTUNE_REDIS_URL', env.ATTUNE_REDIS_URL],
  ] as const
  const [name, url = ''] = places.find(([, text]) => text !== undefined && text !== '') ?? []
  if (name === undefined)
    throw new CannotRun(
      'REDIS_URL is not set. Set it to where Redis is, such as redis://127.0.0.1:6379. Where the profiles lie in the same one, ATTUNE_REDIS_URL will do, and --redis of `attune serve` and `attune work`.',
    )
  // What is wrong is not quoted: it may hold a password.
  if (url.includes(','))
    throw new CannotRun(`${name} names several nodes. A ruleset lies on one server: set REDIS_URL to it.`)
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol))
    throw new CannotRun(`${name} is no URL of a Redis. Write redis://host:6379.`)
  return url
}
