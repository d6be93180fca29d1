export {
  compileDocument,
  type PublishOptions,
  publishRuleset,
} from './publish/publish-ruleset.ts'
export { planRuleset } from './ruleset/plan-ruleset.ts'
