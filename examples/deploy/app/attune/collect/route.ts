import { createCollectRoute } from '@attune/next/collect'
import { openRuleset } from '../../../lib/ruleset.ts'
import { openStore } from '../../../lib/store.ts'

export const { POST } = createCollectRoute({
  ruleset: openRuleset,
  secret: process.env.ATTUNE_SECRET,
  store: openStore,
})
