export { createHttpRuleset, type HttpRulesetOptions } from './http/create-http-ruleset.ts'
export { type FetchedRuleset, type FetchRulesetOptions, fetchRuleset } from './http/fetch-ruleset.ts'
export { isSigned } from './http/is-signed.ts'
export { signBody } from './http/sign-body.ts'
