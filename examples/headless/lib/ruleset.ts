import type { RulesetSource } from '@attune/storage'
import { createHttpRuleset } from '@attune/storage/ruleset-http'
import { WORDPRESS } from './wordpress-address.ts'

/** The ruleset that WordPress publishes: segments, and the placements of its posts. Opened twice it is still one source. */
export function openRuleset(): RulesetSource {
  return createHttpRuleset({
    url: `${WORDPRESS}/wp-json/attune/v1/ruleset`,
    secret: process.env.ATTUNE_SECRET,
  })
}
