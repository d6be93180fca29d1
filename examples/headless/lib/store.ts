import { join } from 'node:path'
import type { ProfileStore } from '@attune/storage'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'

/** Opens the visitors' profiles, kept under HMACs of their ids: ATTUNE_DATA, default `.attune/data`. Opened twice it is still one database. */
export function openStore(): ProfileStore {
  const store = createSqliteStore({ path: join(process.env.ATTUNE_DATA || '.attune/data', 'attune.db') })
  return withPseudonyms(store, process.env.ATTUNE_KEYS_AT_REST)
}
