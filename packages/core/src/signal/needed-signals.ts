import { boundsOf } from '../condition/comparison.ts'
import type {
  Avg,
  Condition,
  Count,
  Distinct,
  Max,
  Min,
  Regular,
  Rfm,
  SequenceStep,
  Since,
  Sum,
  Touch,
  Unfinished,
} from '../condition/condition.ts'
import { childrenOf } from '../condition/condition.ts'
import type {
  Definitions,
  InterestDefinition,
  RfmDefinition,
  ScoreDefinition,
} from '../condition/definitions.ts'
import { type Duration, durationSeconds } from '../condition/duration.ts'
import type { Where } from '../condition/where.ts'
import { RING_BUCKETS } from './ring.ts'
import type {
  ChainSignal,
  DistinctSignal,
  InterestSignal,
  PeriodsSignal,
  RingSignal,
  ScoreSignal,
  Signal,
  Take,
  TimesSignal,
  TotalSignal,
  TouchSignal,
} from './signal.ts'

/** The largest bound that last times answer exactly; above it the ring or the total does. */
export const MAX_EXACT_BOUND = 31
// A half-life is this many buckets long.
const HALF_LIFE_BUCKETS = 8

/** The signals that a condition and all below it need. */
export function neededSignals(condition: Condition, definitions: Definitions): readonly Signal[] {
  const below = childrenOf(condition).flatMap((child) => neededSignals(child, definitions))
  return [...below, ...ownSignals(condition, definitions)]
}

function ownSignals(condition: Condition, definitions: Definitions): readonly Signal[] {
  if ('count' in condition) return [countSignal(condition)]
  if ('sum' in condition || 'avg' in condition || 'min' in condition || 'max' in condition)
    return aggregateSignals(condition)
  if ('distinct' in condition) return [distinctSignal(condition)]
  if ('absent' in condition) return [timesSignal(condition.absent, condition.where, 1)]
  if ('since' in condition) return [sinceSignal(condition)]
  if ('unfinished' in condition) return unfinishedSignals(condition)
  if ('touch' in condition) return [touchSignal(condition)]
  if ('sequence' in condition)
    return [chainSignal({ steps: condition.sequence, gap: condition.gap, unless: condition.unless })]
  if ('funnel' in condition) return [chainSignal({ steps: definitions.funnels[condition.funnel]!.steps })]
  if ('regular' in condition) return [periodsSignal(condition)]
  if ('score' in condition) return [scoreSignal(definitions.scores[condition.score]!)]
  if ('interest' in condition) return [interestSignal(definitions.interests[condition.interest]!)]
  if ('rfm' in condition) {
    const { last, frequency, monetary } = rfmSignals(definitions.rfm[condition.rfm]!, condition)
    return [last, ...(frequency ? [frequency] : []), ...(monetary ? [monetary] : [])]
  }
  return []
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
  return { kind: 'ring', event, ...filter(where), bucket: ringBucket(within) }
}

/** The signals of a sum, least or greatest, or of a mean: its sum and the number of its values. */
export function aggregateSignals(condition: Sum | Avg | Min | Max): readonly (RingSignal | TotalSignal)[] {
  const { of, where, within } = condition
  const take = (event: string, ...takes: readonly Take[]) =>
    takes.map((take): RingSignal | TotalSignal => {
      const counting = { event, ...filter(where), take, of }
      if (within === undefined) return { kind: 'total', ...counting }
      return { kind: 'ring', ...counting, bucket: ringBucket(within) }
    })
  if ('sum' in condition) return take(condition.sum, 'sum')
  if ('avg' in condition) return take(condition.avg, 'sum', 'number')
  return 'min' in condition ? take(condition.min, 'min') : take(condition.max, 'max')
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

/** The signal of a touch; the first and the last value share it. */
export function touchSignal({ of }: Touch): TouchSignal {
  return { kind: 'touch', of }
}

/** What a sequence or a funnel says of its chains. */
export interface ChainSteps {
  readonly steps: readonly SequenceStep[]
  readonly gap?: Duration | undefined
  readonly unless?: string | undefined
}

/** The signal of a sequence's or a funnel's steps. */
export function chainSignal({ steps, gap, unless }: ChainSteps): ChainSignal {
  return {
    kind: 'chain',
    // A funnel's stages are names for people.
    steps: steps.map(({ event, where }) => ({ event, ...filter(where) })),
    ...(gap === undefined ? {} : { gap: durationSeconds(gap) }),
    ...(unless === undefined ? {} : { unless }),
  }
}

/** The signal that answers a regular. */
export function periodsSignal(condition: Regular): PeriodsSignal {
  const { regular: event, where, period } = condition
  return { kind: 'periods', event, ...filter(where), period }
}

/** The signal of a score. */
export function scoreSignal(score: ScoreDefinition): ScoreSignal {
  return {
    kind: 'score',
    bucket: decayBucket(score.halfLife),
    points: score.points.map(({ event, where, points }) => ({
      event,
      ...filter(where),
      points: toHundredths(points),
    })),
  }
}

/** The signal of an interest family. */
export function interestSignal(family: InterestDefinition): InterestSignal {
  const points = Object.entries(family.points).map(([event, value]) => [event, toHundredths(value)])
  return {
    kind: 'interest',
    of: family.of,
    bucket: decayBucket(family.halfLife),
    points: Object.fromEntries(points),
  }
}

/** The last time, and what the bands that a condition names count. */
export interface RfmSignals {
  readonly last: TimesSignal
  readonly frequency?: RingSignal
  readonly monetary?: RingSignal
}

/** The signals of an rfm. */
export function rfmSignals({ event, value, within }: RfmDefinition, condition: Rfm): RfmSignals {
  const bucket = ringBucket(within)
  return {
    last: timesSignal(event, undefined, 1),
    ...(condition.frequency === undefined ? {} : { frequency: { kind: 'ring', event, bucket } }),
    ...(condition.monetary === undefined
      ? {}
      : { monetary: { kind: 'ring', event, take: 'sum', of: value, bucket } }),
  }
}

function ringBucket(within: Duration): number {
  return durationSeconds(within) / RING_BUCKETS
}

function decayBucket(halfLife: Duration): number {
  return Math.floor(durationSeconds(halfLife) / HALF_LIFE_BUCKETS)
}

function toHundredths(points: number): number {
  return Math.floor(points * 100 + 0.5)
}

function filter(where: Where | undefined): { where?: Where } {
  return where === undefined || Object.keys(where).length === 0 ? {} : { where }
}
