export { createHttpRuleset, type HttpRulesetOptions } from './http/create-http-ruleset.ts'
export { isSigned } from './source/is-signed.ts'
export { signBody } from './source/sign-body.ts'
