import { type Condition, childrenOf } from '../condition/condition.ts'
import { sentenceOf } from '../explain/sentence-of.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'

/** Names a condition for whoever is to give its share: a segment by its key, another in words and with the segments it is part of. */
export function assumedWords(condition: Condition, ruleset: Ruleset): string {
  if ('segment' in condition) return condition.segment
  const wanted = canonicalJson(condition)
  const holds = (one: Condition): boolean => canonicalJson(one) === wanted || childrenOf(one).some(holds)
  const keys = Object.entries(ruleset.segments ?? {}).flatMap(([key, { when }]) => (holds(when) ? [key] : []))
  const words = sentenceOf(condition, ruleset)
  return keys.length === 0 ? words : `${words} (part of ${keys.join(', ')})`
}
