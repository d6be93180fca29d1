import type { Effort } from '../condition/reason/search.ts'
import type { Findings } from '../result/findings.ts'
import type { Ruleset } from './ruleset.ts'
import { warnOfConditions } from './warn-conditions.ts'
import { warnOfExperiences } from './warn-experiences.ts'
import { warnOfNames } from './warn-names.ts'
import { warnOfValues } from './warn-values.ts'

/** Steps of reasoning for a whole ruleset: a few hundredths of a second. */
const EFFORT = 60_000

/** Says what an author of a sound ruleset may not have meant. */
export function warn(findings: Findings, ruleset: Ruleset): void {
  const effort: Effort = { left: EFFORT }
  warnOfNames(findings, ruleset)
  warnOfValues(findings, ruleset)
  const never = warnOfConditions(findings, ruleset, effort)
  warnOfExperiences(findings, ruleset, never, effort)
}
