import { join } from 'node:path'
import { createConsentRoute } from '@attune/next/consent-route'
import { createSqliteConsentLog } from '@attune/storage/consent-sqlite'
import ruleset from '../../../ruleset.published.json'
import { dataFolder, openStore } from '../store.ts'

export const { POST } = createConsentRoute({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: openStore,
  log: () => createSqliteConsentLog({ path: join(dataFolder(), 'consent.db') }),
})
