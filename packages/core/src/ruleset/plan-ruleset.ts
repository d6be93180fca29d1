import { capCondition } from '../experience/cap-condition.ts'
import { neededSignals } from '../signal/needed-signals.ts'
import { planSignals, type SignalPlan } from '../signal/plan-signals.ts'
import { definitionsOf, type Ruleset } from './ruleset.ts'

/** The signals that a checked ruleset's segments, audiences and caps need. */
export function planRuleset(ruleset: Ruleset): SignalPlan {
  const definitions = definitionsOf(ruleset)
  const conditions = [
    ...Object.values(ruleset.segments ?? {}).map((segment) => segment.when),
    ...(ruleset.experiences ?? []).flatMap((experience) => [experience.audience, capCondition(experience)]),
  ]
  return planSignals(
    conditions.flatMap((condition) => (condition === undefined ? [] : neededSignals(condition, definitions))),
  )
}
