import {
  type Quarantine,
  type RehearsingStore,
  type StandingKeys,
  StoreBusyError,
  type TellsKeys,
  type VisitorMerging,
  type VisitorRights,
} from '@attune/storage'
import type { SharedAnswers } from '@attune/storage/consent'
import type { EventQueue } from '@attune/storage/queue'
import { createRedisAnswers, createRedisStore, type RedisStoreOptions } from '@attune/storage/redis'
import { createRedisQueue } from '@attune/storage/redis-queue'
import { type Call, CannotRun, type OptionSpec, textOption } from '../command.ts'
import type { Io } from '../io.ts'
import { checkKeysAtRest } from './read-keys-at-rest.ts'

/** Where a Redis is, and which keys there are the site's. */
export interface RedisPlace {
  /** One server, or some nodes of a cluster. */
  readonly urls: readonly string[]
  readonly site?: string | undefined
}

/** The option that names a Redis. */
export const REDIS_OPTION: OptionSpec = {
  type: 'string',
  value: '<url>',
  help: 'redis://user:password@host:6379, or rediss://…; of a cluster some nodes with commas between. Default ATTUNE_REDIS_URL.',
}

// Longer than a page may wait: whoever sends events can.
const TIMEOUT = 1_000

/** The Redis that a command is told to use; `undefined` when it is told of none. @throws CannotRun when it is no URL. */
export function redisPlace(call: Call, env: Io['env']): RedisPlace | undefined {
  const text = textOption(call, 'redis') ?? env.ATTUNE_REDIS_URL
  if (text === undefined || text === '') return undefined
  const urls = text.split(',').map((url) => url.trim())
  // What is wrong is not quoted: it may hold a password.
  if (!urls.every((url) => URL.canParse(url) && /^(rediss?|unix):$/.test(new URL(url).protocol))) {
    throw new CannotRun('--redis (or ATTUNE_REDIS_URL) is no URL of a Redis. Write redis://host:6379.')
  }
  return { urls, site: textOption(call, 'site') }
}

/** Names a place without who may go there: `redis://host:6379`. */
export function nameRedis({ urls }: RedisPlace): string {
  return urls
    .map((text) => {
      const { protocol, host, pathname } = new URL(text)
      return `${protocol}//${host}${pathname === '/' ? '' : pathname}`
    })
    .join(',')
}

/** Names the keys of a place's site: `attune:default:`. */
export function nameKeys({ site = 'default' }: RedisPlace): string {
  return `attune:${site}:`
}

/** Opens the store of a place; it connects when it is first asked. */
export function openRedisStore(
  place: RedisPlace,
  onError: (error: unknown) => void,
): RehearsingStore & Quarantine & VisitorRights & VisitorMerging & TellsKeys {
  return createRedisStore({ ...addressOf(place), site: place.site, timeout: TIMEOUT, onError })
}

/**
 * Looks whether ATTUNE_KEYS_AT_REST finds those who stand there; of a Redis that is away nothing is known, which `onError` hears.
 * @throws CannotRun when it does not.
 */
export async function checkRedisKeys(
  store: TellsKeys,
  { env, where }: { readonly env: Io['env']; readonly where: string },
  onError: (error: unknown) => void,
): Promise<void> {
  let standing: StandingKeys
  try {
    standing = await store.standingKeys()
  } catch (error) {
    if (!(error instanceof StoreBusyError)) throw error
    return onError(error)
  }
  checkKeysAtRest(standing, env, where)
}

/** Opens the queue of a place; it connects when it is first asked. */
export function openRedisQueue(
  place: RedisPlace,
  partitions: number | undefined,
  onError: (error: unknown) => void,
): EventQueue {
  return createRedisQueue({ ...addressOf(place), site: place.site, partitions, timeout: TIMEOUT, onError })
}

/** Opens what tells every machine of a place what its visitors answered last; it connects when it is first asked. */
export function openRedisAnswers(place: RedisPlace): SharedAnswers {
  return createRedisAnswers({ ...addressOf(place), site: place.site, timeout: TIMEOUT })
}

/** A place as drivers want it. */
export function addressOf({ urls }: RedisPlace): Pick<RedisStoreOptions, 'url' | 'nodes'> {
  return urls.length === 1 ? { url: urls[0] } : { nodes: urls }
}
