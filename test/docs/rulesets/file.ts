import type { RulesetSource } from '@attune/storage'
import { createFileRuleset } from '@attune/storage/ruleset-file'

export function openRuleset(): RulesetSource {
  return createFileRuleset({ path: process.env.ATTUNE_RULESET ?? '/srv/shop/ruleset.published.json' })
}
