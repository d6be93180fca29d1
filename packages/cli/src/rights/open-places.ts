import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pseudonymsOf, type VisitorDataSource } from '@attune/collector'
import type { VisitorRights } from '@attune/storage'
import type { ConsentLog, SharedAnswers } from '@attune/storage/consent'
import type { ErasedAgain } from '@attune/storage/erased'
import { createQueuedStore } from '@attune/storage/queue'
import { type Call, CannotRun, type OptionSpec, textOption } from '../command.ts'
import type { Io } from '../io.ts'
import { openErasedFile } from '../options/erased-file.ts'
import { CONSENT_DATABASE, consentFolder, openConsentLog } from '../options/open-consent-log.ts'
import { DATABASE, openKeyedDatabase } from '../options/open-database.ts'
import {
  checkRedisKeys,
  nameRedis,
  openRedisAnswers,
  openRedisQueue,
  openRedisStore,
  REDIS_OPTION,
  type RedisPlace,
  redisPlace,
} from '../options/open-redis.ts'
import { DEFAULT_DATA } from '../options/open-store.ts'
import { withKeysAtRest } from '../options/read-keys-at-rest.ts'
import { readSecret } from '../options/read-secret.ts'
import { SITE_OPTION } from '../options/site-option.ts'

/** A store whose visitors somebody asks about. */
export interface OpenedRights extends VisitorDataSource {
  /** Whether proofs of consent are looked at. */
  readonly hasProofs: boolean
  /** Whether an answer that machines share may stand there and cannot be found: then nobody is erased whole. */
  readonly lacksAnswers: boolean
  /** Names the store, without who may go there. */
  readonly where: string
  /** Erases again whom a restored backup brought back; missing where nobody lists whom is erased. */
  readonly eraseAgain?: (() => Promise<ErasedAgain>) | undefined
  close(): Promise<void>
}

/** The options that name a store. */
export const STORE_OPTIONS: { readonly [name: string]: OptionSpec } = {
  data: {
    type: 'string',
    value: '<folder>',
    help: `The data folder. Default ATTUNE_DATA, else ${DEFAULT_DATA}.`,
  },
  redis: REDIS_OPTION,
  site: SITE_OPTION,
}

/** Opens the store that the options name, with the queue before it. @throws CannotRun when they do not fit together, or there is no such store. */
export async function openRights(
  call: Call,
  env: Io['env'],
  onError: (error: unknown) => void,
): Promise<OpenedRights> {
  const data = textOption(call, 'data')
  if (data !== undefined && textOption(call, 'redis') !== undefined) {
    throw new CannotRun('--data and --redis name two stores. Give one of them.')
  }
  const place = data === undefined ? redisPlace(call, env) : undefined
  const erased = await openErasedFile(call, env)
  const eraseAgain = erased && (() => erased.eraseAgain())
  if (place === undefined) {
    const where = data ?? (env.ATTUNE_DATA || DEFAULT_DATA)
    checkThere(where)
    const store = await openKeyedDatabase(where, env, erased && ((one) => erased.around(one, one)))
    return { ...withProofs(call, env, { store, where }), eraseAgain }
  }
  // A queue that nobody uses answers that it holds nothing.
  const queue = openRedisQueue(place, undefined, onError)
  const inner = openRedisStore(place, onError)
  const store = createQueuedStore({ queue, store: inner, onError })
  try {
    await checkRedisKeys(inner, { env, where: nameRedis(place) }, onError)
  } catch (error) {
    await store.close()
    throw error
  }
  const listed = withKeysAtRest(erased?.around(store, inner) ?? store, env)
  return { ...withProofs(call, env, { store: listed, where: nameRedis(place), place }), eraseAgain }
}

// Rows are found by the secret that signs cookies; a log that is not there is not made.
function withProofs(call: Call, env: Io['env'], { store, where, place }: StorePlace): OpenedRights {
  const secret = readSecret(env)
  const folder = consentFolder(call, env)
  const hasFile = existsSync(join(folder, CONSENT_DATABASE))
  const proofs = secret !== undefined && hasFile ? openConsentLog(folder) : undefined
  const answers = secret !== undefined && place !== undefined ? openRedisAnswers(place) : undefined
  const site = textOption(call, 'site') ?? 'site'
  return {
    store,
    where,
    log: answers === undefined ? proofs : besideAnswers(proofs, answers),
    hasProofs: secret !== undefined,
    lacksAnswers: secret === undefined && place !== undefined,
    pseudonyms: (visitor) => (secret === undefined ? [] : pseudonymsOf(secret, site, visitor)),
    close: async () => {
      await store.close()
      await proofs?.close()
      await answers?.close()
    },
  }
}

interface StorePlace {
  readonly store: VisitorRights & { close(): Promise<void> }
  readonly where: string
  /** Where other machines find what was answered at this one. */
  readonly place?: RedisPlace
}

// The proofs of this machine, as far as there are any; what was answered at whichever machine goes with the visitor.
function besideAnswers(
  proofs: ConsentLog | undefined,
  answers: SharedAnswers,
): NonNullable<OpenedRights['log']> {
  const absorbedBy: ConsentLog['absorbedBy'] = async (names) => (await proofs?.absorbedBy(names)) ?? []
  return {
    read: async (query) => (await proofs?.read(query)) ?? [],
    absorbedBy,
    letGo: async (names) => {
      await proofs?.letGo(names)
      await answers.forget([...names, ...(await absorbedBy(names))])
    },
  }
}

// A folder named by mistake would become a new database, which answers that it holds nobody.
function checkThere(folder: string): void {
  const file = join(folder, DATABASE)
  if (existsSync(file)) return
  throw new CannotRun(`There is no database ${JSON.stringify(file)}. Name the data folder with --data.`)
}
