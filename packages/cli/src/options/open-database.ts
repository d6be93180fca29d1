import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import type { Quarantine, RehearsingStore, VisitorRights } from '@attune/storage'
import { createSqliteStore } from '@attune/storage/sqlite'
import { CannotRun } from '../command.ts'

/** The database's file in a data folder; the same name everywhere, so that programs find each other's. */
export const DATABASE = 'attune.db'

/** Opens the database of a data folder. @throws CannotRun when it cannot be made. */
export function openDatabase(folder: string): RehearsingStore & Quarantine & VisitorRights {
  if (!isBuiltin('node:sqlite'))
    throw new CannotRun(`Node ${process.versions.node} has no SQLite. Use Node 24, or 22.13 and later.`)
  try {
    return createSqliteStore({ path: join(folder, DATABASE) })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CannotRun(`The data folder ${JSON.stringify(folder)} cannot be used. ${why}`)
  }
}
