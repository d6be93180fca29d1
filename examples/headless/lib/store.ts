import { join } from 'node:path'
import type { ProfileStore } from '@attune/storage'
import { createSqliteStore } from '@attune/storage/sqlite'

/** Opens the visitors' profiles: ATTUNE_DATA, default `.attune/data`. Opened twice it is still one database. */
export function openStore(): ProfileStore {
  return createSqliteStore({ path: join(process.env.ATTUNE_DATA || '.attune/data', 'attune.db') })
}
