import { join } from 'node:path'
import { createIdentity } from '@attune/next/identity'
import { createSqliteConsentLog } from '@attune/storage/consent-sqlite'
import ruleset from '../../ruleset.published.json'
import { dataFolder, openStore } from './store.ts'

/** Knows the shop's customers on all of their devices. */
export const identity = createIdentity({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: openStore,
  log: () => createSqliteConsentLog({ path: join(dataFolder(), 'consent.db') }),
  shownTraits: ['newsletter', 'sports'],
})
