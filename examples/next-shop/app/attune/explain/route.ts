import { createExplainRoute } from '@attune/next/preview'
import ruleset from '../../../ruleset.published.json'
import { openStore } from '../store.ts'

export const { GET } = createExplainRoute({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: openStore,
})
