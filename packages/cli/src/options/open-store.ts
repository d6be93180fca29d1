import {
  type IntakeStore,
  type StandingKeys,
  StoreBusyError,
  type VisitorMerging,
  type VisitorRights,
} from '@attune/storage'
import type { BreakerState } from '@attune/storage/guard'
import { createQueuedStore, type EventQueue } from '@attune/storage/queue'
import { type Call, CannotRun, isSet, textOption, wholeOption } from '../command.ts'
import type { Io } from '../io.ts'
import { type ErasedFile, openErasedFile } from './erased-file.ts'
import { openKeyedDatabase, readStandingKeys } from './open-database.ts'
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
  /** Tells under what visitors stand in it, whatever ATTUNE_KEYS_AT_REST is. */
  readonly standingKeys: () => Promise<StandingKeys>
  /** Erases again whom a restored backup brought back; missing where nobody lists whom is erased. */
  readonly eraseAgain?: ErasedFile['eraseAgain'] | undefined
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
  const erased = await openErasedFile(call, env)
  const eraseAgain = erased?.eraseAgain
  if (place === undefined) {
    if (isQueued) throw new CannotRun('--queue needs a Redis. Name it with --redis, or set ATTUNE_REDIS_URL.')
    const folder = data ?? (env.ATTUNE_DATA || DEFAULT_DATA)
    const database = await openKeyedDatabase(folder, env, erased && ((inner) => erased.around(inner, inner)))
    const standingKeys = () => readStandingKeys(folder)
    return { store: database, where: folder, system: 'sqlite', standingKeys, eraseAgain }
  }
  const [where, keys] = [nameRedis(place), nameKeys(place)]
  const store = openRedisStore(place, onError)
  const { standingKeys } = store
  const queue = isQueued ? openRedisQueue(place, partitions, onError) : undefined
  try {
    await firstAnswer(store.rejectedCounts(), onError)
    await checkRedisKeys(store, { env, where }, onError)
    if (queue === undefined) {
      const listed = erased?.around(store, store) ?? store
      return { store: withKeysAtRest(listed, env), where, system: 'redis', keys, standingKeys, eraseAgain }
    }
    await firstAnswer(queue.waiting(), onError)
    const queued = createQueuedStore({ queue, store, onError })
    return {
      store: withKeysAtRest(erased?.around(queued, store) ?? queued, env),
      where: `${where}, folded by workers`,
      system: 'redis',
      keys,
      queue,
      breaker: queued.breaker,
      standingKeys,
      eraseAgain,
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
