export { type ConditionCheck, checkCondition } from './condition/check-condition.ts'
export { checkRuleset, MAX_SIGNALS, parseRuleset } from './ruleset/check-ruleset.ts'
