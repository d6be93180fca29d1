import { boundsOf } from '../condition/comparison.ts'
import type { Condition, Count, Distinct, Since, Unfinished } from '../condition/condition.ts'
import { childrenOf, kindOf } from '../condition/condition.ts'
import type { Definitions, InterestDefinition } from '../condition/definitions.ts'
import { durationSeconds } from '../condition/duration.ts'
import type { Where } from '../condition/where.ts'
import type {
  DistinctSignal,
  InterestSignal,
  RingSignal,
  Signal,
  TimesSignal,
  TotalSignal,
} from './signal.ts'

/** The largest bound that last times answer exactly; above it the ring or the total does. */
export const MAX_EXACT_BOUND = 31
/** A window's ring has this many buckets. */
export const RING_BUCKETS = 60

/** The signals that a condition and all below it need. */
export function neededSignals(condition: Condition, definitions: Definitions): readonly Signal[] {
  const below = childrenOf(condition).flatMap((child) => neededSignals(child, definitions))
  return [...below, ...ownSignals(condition, definitions)]
}

function ownSignals(condition: Condition, definitions: Definitions): readonly Signal[] {
  switch (kindOf(condition)) {
    case 'count':
      return [countSignal(condition as Count)]
    case 'distinct':
      return [distinctSignal(condition as Distinct)]
    case 'absent': {
      const { absent, where } = condition as { absent: string; where?: Where }
      return [timesSignal(absent, where, 1)]
    }
    case 'since':
      return [sinceSignal(condition as Since)]
    case 'unfinished':
      return unfinishedSignals(condition as Unfinished)
    case 'interest':
      return [interestSignal(definitions.interests[(condition as { interest: string }).interest]!)]
    default:
      return []
  }
}

/** Last times of an event, as many as asked. */
export function timesSignal(event: string, where: Where | undefined, keep: number): TimesSignal {
  return { kind: 'times', event, ...filter(where), keep }
}

/** The signal that answers a count. */
export function countSignal(condition: Count): TimesSignal | RingSignal | TotalSignal {
  const { count: event, where, within } = condition
  const bound = Math.max(...boundsOf(condition, Number))
  if (bound <= MAX_EXACT_BOUND) return timesSignal(event, where, bound + 1)
  if (within === undefined) return { kind: 'total', event, ...filter(where) }
  return { kind: 'ring', event, ...filter(where), bucket: durationSeconds(within) / RING_BUCKETS }
}

/** The signal that answers a distinct. */
export function distinctSignal(condition: Distinct): DistinctSignal {
  return { kind: 'distinct', event: condition.distinct, ...filter(condition.where), of: condition.of }
}

/** The signal that answers a since. */
export function sinceSignal(condition: Since): TimesSignal {
  const times = timesSignal(condition.since, condition.where, 1)
  return condition.which === 'first' ? { ...times, first: true } : times
}

/** What was begun, and what would have finished it. */
export function unfinishedSignals(condition: Unfinished): readonly [TimesSignal, TimesSignal] {
  return [
    { ...timesSignal(condition.unfinished, condition.where, 1), id: true },
    { ...timesSignal(condition.without, undefined, 1), id: true },
  ]
}

/** The signal of an interest family. */
export function interestSignal(family: InterestDefinition): InterestSignal {
  const points = Object.entries(family.points).map(([event, value]) => [event, Math.floor(value * 100 + 0.5)])
  return {
    kind: 'interest',
    of: family.of,
    bucket: Math.floor(durationSeconds(family.halfLife) / 8),
    points: Object.fromEntries(points),
  }
}

function filter(where: Where | undefined): { where?: Where } {
  return where === undefined || Object.keys(where).length === 0 ? {} : { where }
}
