export {
  createEdgeConfigRuleset,
  type EdgeConfigReader,
  type EdgeConfigRulesetOptions,
} from './sources/create-edge-config-ruleset.ts'
