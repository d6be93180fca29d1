import {
  type CompiledExperience,
  capCondition,
  compileExperiences,
} from '../experience/compile-experience.ts'
import type { CompileScope } from '../match/compile-scope.ts'
import { type CompiledSegments, compileSegments } from '../segment/compile-segments.ts'
import { emptyState } from '../signal/empty-state.ts'
import { neededSignals } from '../signal/needed-signals.ts'
import { planSignals, type SignalPlan } from '../signal/plan-signals.ts'
import type { Signal, SignalState } from '../signal/signal.ts'
import { signalKey } from '../signal/signal-key.ts'
import { definitionsOf, type Ruleset } from './ruleset.ts'

/** A ruleset made ready to decide; compiled once per revision. */
export interface CompiledRuleset {
  readonly ruleset: Ruleset
  readonly plan: SignalPlan
  /** What its conditions were compiled with. */
  readonly around: Omit<CompileScope, 'segment'>
  /** The state of each slot for a visitor who did nothing. */
  readonly empty: readonly SignalState[]
  readonly segments: CompiledSegments
  /** Placement → its experiences in list order. */
  readonly experiences: ReadonlyMap<string, readonly CompiledExperience[]>
}

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

/** Compiles a checked ruleset into closures; throws when it was not checked and names what is not there. */
export function compileRuleset(ruleset: Ruleset): CompiledRuleset {
  const plan = planRuleset(ruleset)
  const around = { definitions: definitionsOf(ruleset), slotOf: slotFinder(plan) }
  const segments = compileSegments(ruleset.segments ?? {}, around)
  const scope: CompileScope = { ...around, segment: segmentMatcher(segments) }
  const experiences = new Map<string, CompiledExperience[]>()
  for (const compiled of compileExperiences(ruleset.experiences ?? [], scope, ruleset.segments ?? {})) {
    const { placement } = compiled.experience
    experiences.set(placement, [...(experiences.get(placement) ?? []), compiled])
  }
  return { ruleset, plan, around, empty: plan.signals.map(emptyState), segments, experiences }
}

function slotFinder(plan: SignalPlan): (signal: Signal) => number {
  const slots = new Map(plan.keys.map((key, slot) => [key, slot]))
  return (signal) => slots.get(signalKey(signal))!
}

function segmentMatcher(segments: CompiledSegments): CompileScope['segment'] {
  return (key) => (scope) => {
    const { truth, until } = segments.ask(key, scope)
    scope.until = until
    return truth
  }
}
