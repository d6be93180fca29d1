export { createUpstashRuleset, type UpstashRulesetOptions } from './sources/create-upstash-ruleset.ts'
export { type UpstashPlace, writeUpstashRuleset } from './sources/write-upstash-ruleset.ts'
