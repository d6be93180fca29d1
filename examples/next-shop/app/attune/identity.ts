import { createIdentity } from '@attune/next/identity'
import ruleset from '../../ruleset.published.json'
import { openStore } from './store.ts'

/** Knows the shop's customers on all of their devices. */
export const identity = createIdentity({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
  store: openStore,
  shownTraits: ['newsletter', 'sports'],
})
