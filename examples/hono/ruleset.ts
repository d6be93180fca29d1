import { readFileSync } from 'node:fs'
import type { PublishedRuleset, Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'

/** The published ruleset. A site with a build step has `attune publish` write it instead. */
export function readRuleset(): PublishedRuleset {
  const text = readFileSync(new URL('ruleset.json', import.meta.url), 'utf8')
  return publishRuleset(JSON.parse(text) as Ruleset)
}
