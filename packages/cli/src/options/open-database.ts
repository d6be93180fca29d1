import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import type {
  Quarantine,
  RehearsingStore,
  StandingKeys,
  VisitorMerging,
  VisitorRights,
} from '@attune/storage'
import { createSqliteStore } from '@attune/storage/sqlite'
import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'
import { checkKeysAtRest, readKeysAtRest, withKeysAtRest } from './read-keys-at-rest.ts'

/** The database's file in a data folder; the same name everywhere, so that programs find each other's. */
export const DATABASE = 'attune.db'

/** Opens the database of a data folder. @throws CannotRun when it cannot be made. */
export function openDatabase(folder: string): RehearsingStore & Quarantine & VisitorRights & VisitorMerging {
  if (!isBuiltin('node:sqlite'))
    throw new CannotRun(`Node ${process.versions.node} has no SQLite. Use Node 24, or 22.13 and later.`)
  try {
    return createSqliteStore({ path: join(folder, DATABASE) })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CannotRun(
      `The data folder ${JSON.stringify(folder)} cannot be used. ${why}. Name a folder that this user may write to, with --data or ATTUNE_DATA.`,
    )
  }
}

/**
 * Opens the database of a data folder with visitors as ATTUNE_KEYS_AT_REST wants them. `around` gets it before, with visitors as it has them.
 * @throws CannotRun also when it would find nobody with these.
 */
export async function openKeyedDatabase(
  folder: string,
  env: Io['env'],
  around: (store: ReturnType<typeof openDatabase>) => ReturnType<typeof openDatabase> = (store) => store,
): Promise<ReturnType<typeof openDatabase>> {
  readKeysAtRest(env)
  const store = withKeysAtRest(around(openDatabase(folder)), env)
  try {
    checkKeysAtRest(await readStandingKeys(folder), env, JSON.stringify(folder))
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Tells under what visitors stand in the database of a data folder. @throws CannotRun when it cannot be read. */
export function readStandingKeys(folder: string): Promise<StandingKeys> {
  return readKeyNames(join(folder, DATABASE))
}

// The first look into the file: what is damaged is found before anybody sends events.
async function readKeyNames(file: string): Promise<StandingKeys> {
  // Only now, because a Node without SQLite can serve from a Redis.
  const { sqliteKeyNames } = await import('@attune/storage/sqlite-keys')
  try {
    return sqliteKeyNames(file)
  } catch (error) {
    const { message, errcode } = error as Error & { readonly errcode?: number }
    throw new CannotRun(
      `The database ${JSON.stringify(file)} cannot be read: ${message.replace(/\.$/, '')}. ${CURES[(errcode ?? 0) & 0xff] ?? 'Look at the disk and the file’s rights.'}`,
    )
  }
}

const DAMAGED =
  'Put back a copy of it, or move it away, with its -wal and -shm: a new one is made, in which nobody is known.'
const HELD = 'Another process holds it: end that one, or try again.'
// By SQLite’s result code: busy, locked, corrupt, not a database.
const CURES: { readonly [code: number]: string } = { 5: HELD, 6: HELD, 11: DAMAGED, 26: DAMAGED }
