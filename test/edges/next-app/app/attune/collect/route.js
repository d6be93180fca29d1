import { createCollectRoute } from '@attune/next/collect'
import { createMemoryStore } from '@attune/storage/memory'
import ruleset from '../../../ruleset.published.json'

export const { POST } = createCollectRoute({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: () => createMemoryStore(),
})
