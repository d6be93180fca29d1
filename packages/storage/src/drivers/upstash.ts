import { createRedisStore } from '../commands/create-redis-store.ts'
import type { RedisCommands } from '../commands/redis-commands.ts'
import type { RedisStoreSettings } from '../commands/store-space.ts'
import type { Quarantine, RehearsingStore } from '../profile-store.ts'
import type { TellsKeys } from '../standing-keys.ts'
import type { VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { createClientRest, type UpstashClient } from './upstash-client.ts'
import { createUpstashCommands } from './upstash-commands.ts'
import { createUpstashRest } from './upstash-rest.ts'

/** A database by its address. */
export interface UpstashStoreOptions extends RedisStoreSettings {
  /** The REST URL of the database: `UPSTASH_REDIS_REST_URL`. */
  readonly url: string | undefined
  /** Its REST token, one that may write: `UPSTASH_REDIS_REST_TOKEN`. */
  readonly token: string | undefined
  /** Milliseconds for the answer to each request; nothing is asked twice. Default 1000. */
  readonly timeout?: number | undefined
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch | undefined
}

/** A database by the client that a program has already. */
export interface UpstashClientOptions extends RedisStoreSettings {
  /**
   * A `Redis` of `@upstash/redis`, made with `automaticDeserialization: false`, `retry: { retries: 0 }` and
   * `signal: () => AbortSignal.timeout(…)`: by itself it asks six times, over seconds.
   */
  readonly client: UpstashClient
  /** Milliseconds after which the client's answer is waited for no more. Default 1000. */
  readonly timeout?: number | undefined
}

/**
 * Keeps events and profiles in a database of Upstash, over REST. An append is two requests. Acknowledged means as durable
 * as the service makes a write that it answered.
 * @throws when the URL or the token cannot be one.
 */
export function createUpstashStore(
  options: UpstashStoreOptions | UpstashClientOptions,
): RehearsingStore & Quarantine & VisitorRights & VisitorMerging & TellsKeys {
  return createRedisStore('upstash', connectUpstash('createUpstashStore', options), options)
}

/** Prepares requests to a database; `from` names the factory. @throws when the URL or the token cannot be one. */
export function connectUpstash(
  from: string,
  { timeout = 1_000, ...rest }: UpstashStoreOptions | UpstashClientOptions,
): RedisCommands {
  const asked =
    'client' in rest
      ? createClientRest(from, rest.client, timeout)
      : createUpstashRest(from, { ...rest, timeout })
  return createUpstashCommands(from, asked)
}
