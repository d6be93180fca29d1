import { join } from 'node:path'
import type { ProfileReader, ProfileStore, VisitorMerging, VisitorRights } from '@attune/storage'
import { guardReader } from '@attune/storage/guard'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'

/** Where the shop's data lie: ATTUNE_DATA, default `.attune/data`. */
export function dataFolder(): string {
  return process.env.ATTUNE_DATA || '.attune/data'
}

/** Opens the shop's profiles, kept under HMACs of the visitors' ids. Opened twice it is still one database. */
export function openStore(): ProfileStore & VisitorMerging & VisitorRights {
  const store = createSqliteStore({ path: join(dataFolder(), 'attune.db') })
  return withPseudonyms(store, process.env.ATTUNE_KEYS_AT_REST)
}

/** Opens them for pages, which wait for nothing while the store does not answer. */
export function openReader(): ProfileReader {
  return guardReader(openStore())
}
