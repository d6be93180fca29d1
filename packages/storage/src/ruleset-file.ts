export { createFileRuleset, type FileRulesetOptions } from './sources/create-file-ruleset.ts'
export { readRulesetFile } from './sources/read-ruleset-file.ts'
