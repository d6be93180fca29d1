import { join } from 'node:path'
import { createMyDataRoute } from '@attune/next/rights'
import { createSqliteConsentLog } from '@attune/storage/consent-sqlite'
import ruleset from '../../../../ruleset.published.json'
import { dataFolder, openStore } from '../../store.ts'

export const { GET, POST } = createMyDataRoute({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: openStore,
  log: () => createSqliteConsentLog({ path: join(dataFolder(), 'consent.db') }),
  words: { back: 'Back to Fell & Fjord' },
})
