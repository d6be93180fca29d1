import { createCollectRoute } from '@attune/next/collect'
import ruleset from '../../../ruleset.published.json'
import { openStore } from '../store.ts'

export const collector = createCollectRoute({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: openStore,
})
