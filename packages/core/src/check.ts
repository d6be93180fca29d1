export { checkCondition } from './condition/check-condition.ts'
export type { ConditionCheck } from './condition/condition-check.ts'
export { checkRuleset, MAX_SIGNALS, parseRuleset } from './ruleset/check-ruleset.ts'
