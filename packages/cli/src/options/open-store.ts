import { type IntakeStore, StoreBusyError, type VisitorMerging, type VisitorRights } from '@attune/storage'
import type { BreakerState } from '@attune/storage/guard'
import { createQueuedStore, type EventQueue } from '@attune/storage/queue'
import { type Call, CannotRun, isSet, textOption, wholeOption } from '../command.ts'
import type { Io } from '../io.ts'
import { openKeyedDatabase } from './open-database.ts'
import {
  checkRedisKeys,
  nameKeys,
  nameRedis,
  openRedisQueue,
  openRedisStore,
  redisPlace,
} from './open-redis.ts'
import { withKeysAtRest } from './read-keys-at-rest.ts'

/** Where profiles are kept when nothing else is said. */
export const DEFAULT_DATA = '.attune/data'
/** Bounds of `--partitions`, and its default. */
export const PARTITIONS: Parameters<typeof wholeOption>[2] = { least: 1, most: 1_024, fallback: 16 }

/** A store that a command opened. */
export interface OpenedStore {
  readonly store: IntakeStore & VisitorRights & VisitorMerging
  /** Names it for people, without who may go there. */
  readonly where: string
  readonly system: 'redis' | 'sqlite'
  /** How its keys begin, of a Redis: those who work with it name the same. */
  readonly keys?: string | undefined
  /** Where events wait, when workers fold them. */
  readonly queue?: EventQueue | undefined
  /** Of the reads that answers wait for, when workers fold. */
  readonly breaker?: (() => BreakerState) | undefined
}

/**
 * Opens the store that the options `data`, `redis`, `queue`, `partitions` and `site` name.
 * @throws CannotRun when they do not fit together or the store cannot be made.
 */
export async function openStore(
  call: Call,
  env: Io['env'],
  onError: (error: unknown) => void,
): Promise<OpenedStore> {
  const data = textOption(call, 'data')
  if (data !== undefined && textOption(call, 'redis') !== undefined) {
    throw new CannotRun('--data and --redis name two stores. Give one of them.')
  }
  const place = data === undefined ? redisPlace(call, env) : undefined
  const isQueued = isSet(call, 'queue')
  const partitions = wholeOption(call, 'partitions', PARTITIONS)
  if (!isQueued && textOption(call, 'partitions') !== undefined)
    throw new CannotRun('--partitions is for --queue. Say both, or leave it out.')
  if (place === undefined) {
    if (isQueued) throw new CannotRun('--queue needs a Redis. Name it with --redis, or set ATTUNE_REDIS_URL.')
    const folder = data ?? (env.ATTUNE_DATA || DEFAULT_DATA)
    return { store: await openKeyedDatabase(folder, env), where: folder, system: 'sqlite' }
  }
  const [where, keys] = [nameRedis(place), nameKeys(place)]
  const store = openRedisStore(place, onError)
  const queue = isQueued ? openRedisQueue(place, partitions, onError) : undefined
  try {
    await firstAnswer(store.rejectedCounts(), onError)
    await checkRedisKeys(store, { env, where }, onError)
    if (queue === undefined) return { store: withKeysAtRest(store, env), where, system: 'redis', keys }
    await firstAnswer(queue.waiting(), onError)
    const queued = createQueuedStore({ queue, store, onError })
    return {
      store: withKeysAtRest(queued, env),
      where: `${where}, folded by workers`,
      system: 'redis',
      keys,
      queue,
      breaker: queued.breaker,
    }
  } catch (error) {
    // A connection that is left open would keep the process from ending.
    await queue?.close()
    await store.close()
    throw error
  }
}

/**
 * Waits for the first answer, so that no visitor waits for a connection. A Redis that is not there yet is no reason to end;
 * rejects for everything else.
 */
export async function firstAnswer(asked: Promise<unknown>, onError: (error: unknown) => void): Promise<void> {
  try {
    await asked
  } catch (error) {
    if (!(error instanceof StoreBusyError)) throw error
    onError(error)
  }
}
