import { createVariantPages } from '@attune/next/page'
import ruleset from '../../ruleset.published.json'

export const { staticParams, variantPage } = createVariantPages({
  ruleset,
  secret: process.env.ATTUNE_SECRET,
})
