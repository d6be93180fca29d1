import { type IntakeStore, StoreBusyError } from '@attune/storage'
import type { BreakerState } from '@attune/storage/guard'
import { createQueuedStore, type EventQueue } from '@attune/storage/queue'
import { type Call, CannotRun, isSet, textOption, wholeOption } from '../command.ts'
import type { Io } from '../io.ts'
import { openDatabase } from './open-database.ts'
import { nameRedis, openRedisQueue, openRedisStore, redisPlace } from './open-redis.ts'
import { withKeysAtRest } from './read-keys-at-rest.ts'

/** Where profiles are kept when nothing else is said. */
export const DEFAULT_DATA = '.attune/data'
/** Bounds of `--partitions`, and its default. */
export const PARTITIONS: Parameters<typeof wholeOption>[2] = { least: 1, most: 1_024, fallback: 16 }

/** A store that a command opened. */
export interface OpenedStore {
  readonly store: IntakeStore
  /** Names it for people, without who may go there. */
  readonly where: string
  readonly system: 'redis' | 'sqlite'
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
  if (place === undefined) {
    if (isQueued) throw new CannotRun('--queue needs a Redis. Name it with --redis, or set ATTUNE_REDIS_URL.')
    const folder = data ?? (env.ATTUNE_DATA || DEFAULT_DATA)
    return { store: withKeysAtRest(openDatabase(folder), env), where: folder, system: 'sqlite' }
  }
  const where = nameRedis(place)
  const store = openRedisStore(place, onError)
  await firstAnswer(store.rejectedCounts(), onError)
  if (!isQueued) return { store: withKeysAtRest(store, env), where, system: 'redis' }
  const queue = openRedisQueue(place, wholeOption(call, 'partitions', PARTITIONS), onError)
  await firstAnswer(queue.waiting(), onError)
  const queued = createQueuedStore({ queue, store, onError })
  const { breaker } = queued
  return {
    store: withKeysAtRest(queued, env),
    where: `${where}, folded by workers`,
    system: 'redis',
    queue,
    breaker,
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
