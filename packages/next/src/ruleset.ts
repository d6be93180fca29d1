export {
  createRulesetRoute,
  type RulesetRoute,
  type RulesetRouteOptions,
} from './ruleset/create-ruleset-route.ts'
