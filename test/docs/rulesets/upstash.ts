import type { RulesetSource } from '@attune/storage'
import { createUpstashRuleset } from '@attune/storage/ruleset-upstash'

export function openRuleset(): RulesetSource {
  return createUpstashRuleset({
    url: process.env.UPSTASH_REDIS_REST_URL,
    token: process.env.UPSTASH_REDIS_REST_TOKEN,
    secret: process.env.ATTUNE_SECRET,
  })
}
