import { type Condition, childrenOf } from '../condition/condition.ts'
import { readEvents } from '../condition/needed-purposes.ts'
import { definitionsOf, type Ruleset } from '../ruleset/ruleset.ts'

/** The events that a checked condition and those below it read, each once. Segments that it names are not looked into. */
export function eventsReadBy(condition: Condition, ruleset: Ruleset): readonly string[] {
  const below = childrenOf(condition).flatMap((child) => eventsReadBy(child, ruleset))
  return [...new Set([...readEvents(condition, definitionsOf(ruleset)), ...below])]
}
