import type { Problem } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import type { JsonObject } from '@attune/core/json'

// Publishing gives the revision; a draft need not have one.
const REVISION = 'draft'

// Posts use a segment where no experience of the ruleset does.
const NOT_HERE = 'unused-segment'

/** Everything found in a draft; errors keep it from being published. Milliseconds of work for a hundred segments. */
export function checkDraft(document: JsonObject): readonly Problem[] {
  return checkRuleset({ ...document, revision: REVISION }).filter(({ code }) => code !== NOT_HERE)
}
