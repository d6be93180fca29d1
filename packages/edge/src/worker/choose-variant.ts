import {
  bucketOf,
  type CompiledRuleset,
  type DecisionQuestion,
  decide,
  evaluateSegments,
  isGranted,
  own,
} from '@attune/core'
import type { Slot, SlotAudience, SlotVariant } from './slot.ts'

/** Who is asked about, by which ruleset. */
export interface SlotQuestion {
  readonly compiled: CompiledRuleset
  readonly question: DecisionQuestion
  /** As `personalSegments` gives them. */
  readonly personal: ReadonlySet<string>
}

/**
 * The variant that a slot shows, as the WordPress that wrote it would choose: a placement that the ruleset knows is decided by its
 * experiences, any other by its own variants; before all of them comes the holdout.
 */
export function chooseVariant(slot: Slot, asked: SlotQuestion): string {
  const { compiled, question } = asked
  if (own(compiled.ruleset.placements, slot.p) !== undefined)
    return decide(compiled, question, [slot.p])[0]?.variant ?? slot.d
  if (isHeldOut(asked)) return slot.d
  return slot.v.find((variant) => stands(variant, slot.p, asked))?.[0] ?? slot.d
}

function stands(variant: SlotVariant, placement: string, asked: SlotQuestion): boolean {
  const now = asked.question.now / 1000
  const [, , , from, until] = variant
  if ((from && now < from) || (until && now >= until)) return false
  if (variant[1] !== 'share') return holds([variant[1], variant[2]], asked)
  const visitor = visitorOf(asked)
  if (visitor === undefined) return false
  const [start, end] = variant[2]
  const bucket = bucketOf(visitor, placement)
  return bucket >= start && bucket < end && (variant[5] === undefined || holds(variant[5], asked))
}

function holds([how, segments]: SlotAudience, asked: SlotQuestion): boolean {
  if (how === 'any') return segments.some((segment) => truthOf(segment, asked) === true)
  // What is not known to be false may not be taken for false.
  return segments.every((segment) => truthOf(segment, asked) === (how === 'all'))
}

function truthOf(segment: string, { compiled, question, personal }: SlotQuestion): boolean | null {
  const assumed = own(question.assume ?? {}, segment)
  if (assumed !== undefined) return assumed
  if (own(compiled.ruleset.segments, segment) === undefined) return null
  if (personal.has(segment) && !isGranted(question.consent, 'preferences')) return null
  return evaluateSegments(compiled, question, [segment])[segment]?.match ?? null
}

function isHeldOut(asked: SlotQuestion): boolean {
  const { holdout } = asked.compiled.ruleset
  const visitor = visitorOf(asked)
  return holdout !== undefined && visitor !== undefined && bucketOf(visitor, holdout.axis) < holdout.buckets
}

function visitorOf({ question: { visitor, consent } }: SlotQuestion): string | undefined {
  return isGranted(consent, 'preferences') ? visitor : undefined
}
