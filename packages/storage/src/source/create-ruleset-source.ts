import { openSource, type ReadSource } from './open-source.ts'
import type { RulesetSource } from './ruleset-source.ts'
import { type SourceOptions, toSettings } from './source-options.ts'

/**
 * Creates a source of a kind of your own: `read` is all that differs. Whatever it gives is parsed and tried before it is in force;
 * whether it came from whom it should is for `read` to tell.
 * @param name How messages name it: `the row 7 of rulesets`. Nothing secret.
 */
export function createRulesetSource(
  name: string,
  read: ReadSource,
  options: SourceOptions = {},
): RulesetSource {
  return openSource(toSettings('createRulesetSource', name, options), read)
}
