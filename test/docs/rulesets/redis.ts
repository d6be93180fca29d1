import type { RulesetSource } from '@attune/storage'
import { createRedisRuleset } from '@attune/storage/ruleset-redis'

export function openRuleset(): RulesetSource {
  return createRedisRuleset({ url: process.env.REDIS_URL, secret: process.env.ATTUNE_SECRET })
}
