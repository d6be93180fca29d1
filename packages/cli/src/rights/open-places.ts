import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { VisitorRights } from '@attune/storage'
import { createQueuedStore } from '@attune/storage/queue'
import { type Call, CannotRun, type OptionSpec, textOption } from '../command.ts'
import type { Io } from '../io.ts'
import { DATABASE, openDatabase } from '../options/open-database.ts'
import { nameRedis, openRedisQueue, openRedisStore, REDIS_OPTION, redisPlace } from '../options/open-redis.ts'
import { DEFAULT_DATA } from '../options/open-store.ts'
import { withKeysAtRest } from '../options/read-keys-at-rest.ts'

/** A store whose visitors somebody asks about. */
export interface OpenedRights {
  readonly store: VisitorRights & { close(): Promise<void> }
  /** Names it, without who may go there. */
  readonly where: string
}

/** The options that name a store. */
export const STORE_OPTIONS: { readonly [name: string]: OptionSpec } = {
  data: {
    type: 'string',
    value: '<folder>',
    help: `The data folder. Default ATTUNE_DATA, else ${DEFAULT_DATA}.`,
  },
  redis: REDIS_OPTION,
  site: { type: 'string', value: '<name>', help: 'As `attune serve` was told; default default.' },
}

/** Opens the store that the options name, with the queue before it. @throws CannotRun when they do not fit together, or there is no such store. */
export function openRights(call: Call, env: Io['env'], onError: (error: unknown) => void): OpenedRights {
  const data = textOption(call, 'data')
  if (data !== undefined && textOption(call, 'redis') !== undefined) {
    throw new CannotRun('--data and --redis name two stores. Give one of them.')
  }
  const place = data === undefined ? redisPlace(call, env) : undefined
  if (place === undefined) {
    const where = data ?? (env.ATTUNE_DATA || DEFAULT_DATA)
    checkThere(where)
    return { store: withKeysAtRest(openDatabase(where), env), where }
  }
  // A queue that nobody uses answers that it holds nothing.
  const queue = openRedisQueue(place, undefined, onError)
  const store = createQueuedStore({ queue, store: openRedisStore(place, onError), onError })
  return { store: withKeysAtRest(store, env), where: nameRedis(place) }
}

// A folder named by mistake would become a new database, which answers that it holds nobody.
function checkThere(folder: string): void {
  const file = join(folder, DATABASE)
  if (existsSync(file)) return
  throw new CannotRun(`There is no database ${JSON.stringify(file)}. Name the data folder with --data.`)
}
