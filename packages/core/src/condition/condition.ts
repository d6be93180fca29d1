import type { Purpose } from '../consent/purpose.ts'
import type { Key } from '../result/key.ts'
import type { Comparison } from './comparison.ts'
import type {
  Absent,
  Avg,
  Count,
  Distinct,
  FunnelReached,
  FunnelStage,
  Max,
  Min,
  Regular,
  Sequence,
  Since,
  Sum,
  Touch,
  Unfinished,
} from './event-condition.ts'
import type { Instant } from './instant.ts'
import type { ValueTest } from './operator.ts'
import type { Band, Decimal, EndHour, Natural, Percentile, Rank, StartHour, Strength } from './quantity.ts'
import type { Scalar } from './scalar.ts'

export type * from './event-condition.ts'

/** Every child is true. */
export interface All {
  /**
   * At least one condition.
   * @minItems 1
   */
  readonly all: readonly Condition[]
}
/** Some child is true. */
export interface Any {
  /**
   * At least one condition.
   * @minItems 1
   */
  readonly any: readonly Condition[]
}
/** The child is false. */
export interface Not {
  /** What must be known to be false. */
  readonly not: Condition
}
/** At least n children are true; a list under `of` marks this shape. */
export interface AtLeast {
  /** How many of the conditions under `of` must be true. */
  readonly atLeast: Natural
  /**
   * At least one condition.
   * @minItems 1
   */
  readonly of: readonly Condition[]
}
/** The visitor is in another segment. */
export interface SegmentRef {
  /** Key of a segment of this ruleset. */
  readonly segment: Key
}
/** A trait or a value of the request's context passes a test. */
export interface Attr extends ValueTest {
  /** `trait.<name>`, or a context path such as `geo.country`. */
  readonly attr: string
}
/** A decayed sum of points passes. */
export interface ScoreValue extends Comparison<Strength> {
  /** One of the ruleset's `scores`. */
  readonly score: Key
}
/** The place of a score in its table of percentiles, 0 to 100, passes. */
export interface ScorePercentile {
  /** One of the ruleset's `scores`, with a table of percentiles. */
  readonly score: Key
  /** How many of 100 visitors it reaches, by the table. */
  readonly percentile: Comparison<Percentile>
}
/**
 * Every named band, 1 to 5, passes. At least one is named.
 * @minProperties 2
 */
export interface Rfm {
  /** One of the ruleset's `rfm` tables. */
  readonly rfm: Key
  /** How lately, 5 the latest. */
  readonly recency?: Comparison<Band>
  /** How often, 5 the most. */
  readonly frequency?: Comparison<Band>
  /** For how much, 5 the most. */
  readonly monetary?: Comparison<Band>
}
/** A small shipped model over signals passes; no format of its table is decided yet. */
export interface Model extends Comparison<Decimal> {
  /** One of the ruleset's `models`. */
  readonly model: Key
}
/** A value is among the strongest of an interest family. */
export interface InterestTop {
  /** One of the ruleset's `interests`. */
  readonly interest: Key
  /** Among so many of the strongest. */
  readonly top: Rank
  /** The value. */
  readonly is: string
}
/** A value's decayed strength in an interest family passes. */
export interface InterestStrength extends Comparison<Strength> {
  /** One of the ruleset's `interests`. */
  readonly interest: Key
  /** The value. */
  readonly value: string
}
/** Days of the week as a `when` names them, from Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * A span of time, local hours and local weekdays; at least one of them.
 * @needsOneOf ["from", "until", "hours", "weekdays"]
 */
export interface WhenSpan {
  /** True from then on. */
  readonly from?: Instant
  /** True before then. */
  readonly until?: Instant
  /** Local hours `[from, until)`; may wrap midnight; `[0, 24]` is the whole day. */
  readonly hours?: readonly [StartHour, EndHour]
  /**
   * Local days of the week.
   * @minItems 1
   */
  readonly weekdays?: readonly Weekday[]
  /** An IANA name, or `visitor` for the visitor's own offset; default the ruleset's. */
  readonly timezone?: string
}
/** Now lies in a span. */
export interface When {
  readonly when: WhenSpan
}
/** A purpose is granted. */
export interface ConsentCondition {
  readonly consent: Purpose
}

/** The condition language; one interface a kind. */
export type Condition =
  | All
  | Any
  | Not
  | AtLeast
  | SegmentRef
  | Attr
  | Count
  | Sum
  | Avg
  | Min
  | Max
  | Distinct
  | Absent
  | Since
  | Unfinished
  | Touch
  | Sequence
  | FunnelReached
  | FunnelStage
  | Regular
  | ScoreValue
  | ScorePercentile
  | InterestTop
  | InterestStrength
  | Rfm
  | When
  | ConsentCondition
  | Model

/** Every kind; each is the key that marks the shape. `atLeast` is last: it is also a comparator. */
export const KINDS = [
  'all',
  'any',
  'not',
  'segment',
  'attr',
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'distinct',
  'absent',
  'since',
  'unfinished',
  'touch',
  'sequence',
  'funnel',
  'regular',
  'score',
  'interest',
  'rfm',
  'when',
  'consent',
  'model',
  'atLeast',
] as const
export type Kind = (typeof KINDS)[number]

/** The kind of a checked condition. */
export function kindOf(condition: Condition): Kind {
  const kind = KINDS.find((name) => Object.hasOwn(condition, name))
  if (kind === undefined) throw new Error('[core] kindOf: not a condition. Check the ruleset first.')
  return kind
}

/** The conditions directly below one. */
export function childrenOf(condition: Condition): readonly Condition[] {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  if ('not' in condition) return [condition.not]
  if ('of' in condition && Array.isArray(condition.of)) return condition.of as readonly Condition[]
  return []
}

/** A plain value, for messages and traces. */
export type { Scalar }
