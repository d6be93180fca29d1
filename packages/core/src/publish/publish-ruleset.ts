import { cutAllocation, isWhole } from '../allocation/allocation.ts'
import { shareBuckets } from '../allocation/bucket.ts'
import { instantSeconds } from '../condition/instant.ts'
import { capCondition } from '../experience/cap-condition.ts'
import type { Experience } from '../experience/experience.ts'
import { isFunctional } from '../experience/is-functional.ts'
import type { PublishedExperience } from '../experience/published-experience.ts'
import { type CompiledRuleset, compileRuleset } from '../ruleset/compile-ruleset.ts'
import { planRuleset } from '../ruleset/plan-ruleset.ts'
import { PUBLISHED_FORMAT, type PublishedRuleset } from '../ruleset/published-ruleset.ts'
import { definitionsOf, type Ruleset } from '../ruleset/ruleset.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { Signal } from '../signal/signal.ts'
import { signalKey } from '../signal/signal-key.ts'
import { createNodeList } from './node-list.ts'
import { type ConditionPreparer, createPreparer } from './prepare-conditions.ts'

/** How a ruleset is published. */
export interface PublishOptions {
  /** Keep the document itself for explanations; default true. Without it the result is about half as large. */
  readonly document?: boolean
}

/**
 * Derives from a checked document what every host would otherwise work out again: the signal plan and the prepared
 * conditions and experiences. Plain JSON. Throws when the document was not checked and names what is not there.
 */
export function publishRuleset(ruleset: Ruleset, { document = true }: PublishOptions = {}): PublishedRuleset {
  const plan = planRuleset(ruleset)
  const list = createNodeList()
  const around = { definitions: definitionsOf(ruleset), slotOf: slotFinder(plan) }
  const preparer = createPreparer(list, around, ruleset.segments ?? {})
  const segments = Object.keys(ruleset.segments ?? {}).map((key) => [key, preparer.segment(key)] as const)
  const experiences = publishExperiences(ruleset, preparer)
  const roots = experiences
    .flatMap(({ audience, cap }) => [audience, cap])
    .filter((root) => root !== undefined)
  const { holdout } = ruleset
  return {
    published: PUBLISHED_FORMAT,
    revision: ruleset.revision,
    plan,
    ...(ruleset.retention === undefined ? {} : { retention: ruleset.retention }),
    events: ruleset.events ?? {},
    placements: ruleset.placements ?? {},
    routes: ruleset.routes ?? {},
    nodes: list.finish(roots),
    segments: Object.fromEntries(segments),
    experiences,
    ...(holdout === undefined
      ? {}
      : { holdout: { buckets: shareBuckets(holdout.share), axis: `holdout:${holdout.salt}` } }),
    ...(document ? { document: ruleset } : {}),
  }
}

/** Publishes a checked document and compiles it, for a host that holds the document. */
export function compileDocument(ruleset: Ruleset): CompiledRuleset {
  return compileRuleset(publishRuleset(ruleset))
}

/** Finds the slot of a signal that a plan was made for. */
export function slotFinder(plan: SignalPlan): (signal: Signal) => number {
  const slots = new Map(plan.keys.map((key, slot) => [key, slot]))
  return (signal) => {
    const slot = slots.get(signalKey(signal))
    if (slot === undefined)
      throw new Error(`[core] publish: no slot for ${signalKey(signal)}. Plan the same ruleset.`)
    return slot
  }
}

// Experiences of a group lie one after another on the group's axis.
function publishExperiences(ruleset: Ruleset, preparer: ConditionPreparer): readonly PublishedExperience[] {
  const groupEnds = new Map<string, number>()
  return (ruleset.experiences ?? []).map((experience) => {
    const { group } = experience
    const start = group === undefined ? 0 : (groupEnds.get(group) ?? 0)
    const published = publishExperience(experience, start, ruleset, preparer)
    if (group !== undefined) groupEnds.set(group, published.cuts.at(-1)![1])
    return published
  })
}

function publishExperience(
  experience: Experience,
  start: number,
  ruleset: Ruleset,
  preparer: ConditionPreparer,
): PublishedExperience {
  const { key, placement, audience, allocation, schedule, group } = experience
  const cap = capCondition(experience)
  const isAxis = group !== undefined || !isWhole(allocation)
  return {
    key,
    placement,
    ...(audience === undefined ? {} : { audience: preparer.condition(audience) }),
    ...(cap === undefined ? {} : { cap: preparer.condition(cap) }),
    ...(schedule?.from === undefined ? {} : { from: instantSeconds(schedule.from) }),
    ...(schedule?.until === undefined ? {} : { until: instantSeconds(schedule.until) }),
    ...(isAxis ? { axis: group === undefined ? key : `group:${group}` } : {}),
    start,
    cuts: cutAllocation(allocation, start),
    ...(isFunctional(experience, ruleset.segments ?? {}) ? { functional: true as const } : {}),
  }
}
