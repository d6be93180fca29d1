import type { Purpose } from '../consent/purpose.ts'
import type { Comparison } from './comparison.ts'
import type { Duration } from './duration.ts'
import type { Instant } from './instant.ts'
import type { Scalar, ValueTest } from './operator.ts'
import type { Where } from './where.ts'

/** Every child is true. */
export interface All {
  readonly all: readonly Condition[]
}
/** Some child is true. */
export interface Any {
  readonly any: readonly Condition[]
}
/** The child is false. */
export interface Not {
  readonly not: Condition
}
/** At least n children are true; a list under `of` marks this shape. */
export interface AtLeast {
  readonly atLeast: number
  readonly of: readonly Condition[]
}
/** The visitor is in another segment. */
export interface SegmentRef {
  readonly segment: string
}
/** A trait or a value of the request's context passes a test. */
export interface Attr extends ValueTest {
  readonly attr: string
}
/** How often an event happened. */
export interface Count extends Comparison<number> {
  readonly count: string
  readonly where?: Where
  readonly within?: Duration
}
/** How many different values a property had. */
export interface Distinct extends Comparison<number> {
  readonly distinct: string
  readonly of: string
  readonly where?: Where
  readonly within?: Duration
}
/** It did not happen in the window, and the visitor was observed for all of it. */
export interface Absent {
  readonly absent: string
  readonly where?: Where
  readonly within: Duration
}
/** The time passed since the last (default) or first matching event. */
export interface Since extends Comparison<Duration> {
  readonly since: string
  readonly where?: Where
  readonly which?: 'last' | 'first'
}
/** Something was begun, lies a while back, and `without` did not follow. */
export interface Unfinished {
  readonly unfinished: string
  readonly where?: Where
  readonly without: string
  readonly for: Duration
  readonly within: Duration
}
/** A value is among the strongest of an interest family. */
export interface InterestTop {
  readonly interest: string
  readonly top: number
  readonly is: string
}
/** A value's decayed strength in an interest family passes. */
export interface InterestStrength extends Comparison<number> {
  readonly interest: string
  readonly value: string
}
/** Days of the week as a `when` names them, from Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A span of time, local hours and local weekdays; each is optional. */
export interface WhenSpan {
  readonly from?: Instant
  readonly until?: Instant
  /** Local hours `[from, until)`; may wrap midnight; `[0, 24]` is the whole day. */
  readonly hours?: readonly [number, number]
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
  | Distinct
  | Absent
  | Since
  | Unfinished
  | InterestTop
  | InterestStrength
  | When
  | ConsentCondition

/** Kinds this version decides; each is the key that marks the shape. `atLeast` is last: it is also a comparator. */
export const KINDS = [
  'all',
  'any',
  'not',
  'segment',
  'attr',
  'count',
  'distinct',
  'absent',
  'since',
  'unfinished',
  'interest',
  'when',
  'consent',
  'atLeast',
] as const
export type Kind = (typeof KINDS)[number]

/** Kinds of the language that this version names but does not decide yet; the checker refuses them. */
export const FUTURE_KINDS = [
  'sum',
  'avg',
  'min',
  'max',
  'touch',
  'sequence',
  'funnel',
  'regular',
  'score',
  'rfm',
  'model',
] as const

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
