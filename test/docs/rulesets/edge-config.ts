import type { RulesetSource } from '@attune/storage'
import { createEdgeConfigRuleset } from '@attune/storage/ruleset-edge-config'

export function openRuleset(): RulesetSource {
  return createEdgeConfigRuleset({
    connectionString: process.env.EDGE_CONFIG,
    secret: process.env.ATTUNE_SECRET,
  })
}
