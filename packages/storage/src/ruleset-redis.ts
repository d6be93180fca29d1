export { createRedisRuleset, type RedisRulesetOptions } from './sources/create-redis-ruleset.ts'
export { type RedisPlace, writeRedisRuleset } from './sources/write-redis-ruleset.ts'
