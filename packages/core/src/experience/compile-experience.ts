import { allocate, allocatedBuckets, isWhole } from '../allocation/allocation.ts'
import { bucketOf } from '../allocation/bucket.ts'
import type { Condition, Count } from '../condition/condition.ts'
import { instantSeconds } from '../condition/instant.ts'
import { TRUE } from '../condition/truth.ts'
import { EXPOSURE } from '../event/event-definition.ts'
import { compileCondition } from '../match/compile-condition.ts'
import type { CompiledCondition, CompileScope } from '../match/compile-scope.ts'
import { readsOnlyContext, type SegmentConditions } from '../match/needed-purposes.ts'
import { NEVER, type Scope } from '../match/scope.ts'
import type { Experience } from './experience.ts'

/** How an experience stands to a visitor: it wins with a variant, stops only at its cap, or is out. */
export interface Standing {
  readonly outcome: 'wins' | 'capped' | 'out'
  readonly variant?: string
  /** The second from which this may differ. */
  readonly until: number
}

/** An experience made ready to be asked. */
export interface CompiledExperience {
  readonly experience: Experience
  readonly audience: CompiledCondition | undefined
  /** Everybody in the audience gets the one variant. */
  readonly isWhole: boolean
  /** It may be shown without consent: it is `functional`, whole, and reads nothing of the visitor. */
  readonly isFunctional: boolean
  /** Asks; without a visitor only whole allocations include anybody. */
  readonly stand: (scope: Scope, visitor: string | undefined) => Standing
}

/** The condition that is true while a cap is reached. */
export function capCondition({ key, cap }: Experience): Count | undefined {
  if (cap === undefined) return undefined
  return { count: EXPOSURE, where: { experience: key }, within: cap.within, atLeast: cap.exposures }
}

/** Compiles checked experiences in list order; those of a group lie one after another on the group's axis. */
export function compileExperiences(
  experiences: readonly Experience[],
  scope: CompileScope,
  segments: SegmentConditions,
): readonly CompiledExperience[] {
  const groupEnds = new Map<string, number>()
  return experiences.map((experience) => {
    const { group } = experience
    const from = group === undefined ? 0 : (groupEnds.get(group) ?? 0)
    if (group !== undefined) groupEnds.set(group, from + allocatedBuckets(experience.allocation))
    return { ...compileExperience(experience, from, scope), isFunctional: isFunctional(experience, segments) }
  })
}

/** Tells whether an experience may be shown to a visitor of whom nothing may be remembered. */
export function isFunctional(
  { purpose, allocation, audience }: Experience,
  segments: SegmentConditions,
): boolean {
  if (purpose !== 'functional' || !isWhole(allocation)) return false
  return audience === undefined || readsOnlyContext(audience, segments)
}

function compileExperience(
  experience: Experience,
  from: number,
  scope: CompileScope,
): Omit<CompiledExperience, 'isFunctional'> {
  const audience = compileMaybe(experience.audience, scope)
  const cap = compileMaybe(capCondition(experience), scope)
  const schedule = compileSchedule(experience)
  const include = compileInclude(experience, from)
  return {
    experience,
    audience,
    isWhole: isWhole(experience.allocation),
    stand: (asked, visitor) => {
      const variant = include(visitor)
      if (variant === undefined) return out(NEVER)
      const [open, change] = schedule(asked.now)
      if (!open) return out(change)
      if (audience !== undefined && audience.match(asked) !== TRUE) return out(Math.min(change, asked.until))
      const horizon = audience === undefined ? change : Math.min(change, asked.until)
      if (cap === undefined || cap.match(asked) !== TRUE) return { outcome: 'wins', variant, until: horizon }
      return { outcome: 'capped', until: Math.min(horizon, asked.until) }
    },
  }
}

function out(until: number): Standing {
  return { outcome: 'out', until }
}

function compileMaybe(condition: Condition | undefined, scope: CompileScope): CompiledCondition | undefined {
  return condition === undefined ? undefined : compileCondition(condition, scope)
}

// Whether the schedule is open, and the second at which that changes.
function compileSchedule({
  schedule,
}: Experience): (now: number) => readonly [open: boolean, change: number] {
  const from = schedule?.from === undefined ? -NEVER : instantSeconds(schedule.from)
  const until = schedule?.until === undefined ? NEVER : instantSeconds(schedule.until)
  return (now) => {
    if (now >= until) return [false, NEVER]
    return now < from ? [false, from] : [true, until]
  }
}

function compileInclude(
  { allocation, group, key }: Experience,
  from: number,
): (visitor: string | undefined) => string | undefined {
  if (group === undefined && isWhole(allocation)) return () => allocation[0]!.variant
  const axis = group === undefined ? key : `group:${group}`
  return (visitor) =>
    visitor === undefined ? undefined : allocate(allocation, bucketOf(visitor, axis), from)
}
