import type { EventName } from '../event/event.ts'
import type { Key } from '../result/key.ts'
import type { Comparison } from './comparison.ts'
import type { Duration, Within } from './duration.ts'
import type { ValueTest } from './operator.ts'
import type { Decimal, FewValues, PeriodCount, Whole } from './quantity.ts'
import type { Where } from './where.ts'

// Conditions on what a visitor did, one interface a shape.

/** How often an event happened. */
export interface Count extends Comparison<Whole> {
  readonly count: EventName
  readonly where?: Where
  readonly within?: Within
}
/** How many different values a property had. */
export interface Distinct extends Comparison<FewValues> {
  readonly distinct: EventName
  /** The property whose values are told apart. */
  readonly of: string
  readonly where?: Where
  readonly within?: Within
}
/** The aggregate of a numeric property over matching events, in the property's own unit. */
interface Aggregate extends Comparison<Decimal> {
  /** The numeric property that is taken. */
  readonly of: string
  readonly where?: Where
  readonly within?: Within
}
/** The sum; 0 of nothing. */
export interface Sum extends Aggregate {
  readonly sum: EventName
}
/** The mean, floor(sum / n) in ten-thousandths; unknown of nothing. */
export interface Avg extends Aggregate {
  readonly avg: EventName
}
/** The least; unknown of nothing. */
export interface Min extends Aggregate {
  readonly min: EventName
}
/** The greatest; unknown of nothing. */
export interface Max extends Aggregate {
  readonly max: EventName
}
/** It did not happen in the window, and the visitor was observed for all of it. */
export interface Absent {
  readonly absent: EventName
  readonly where?: Where
  readonly within: Within
}
/** The time passed since the last (default) or first matching event. */
export interface Since extends Comparison<Duration> {
  readonly since: EventName
  readonly where?: Where
  /** Which of the matching events; default `last`. */
  readonly which?: 'last' | 'first'
}
/** Something was begun, lies a while back, and `without` did not follow. */
export interface Unfinished {
  readonly unfinished: EventName
  readonly where?: Where
  /** The event that finishes it. */
  readonly without: EventName
  /** It was begun at least so long ago; shorter than `within`. */
  readonly for: Duration
  readonly within: Within
}
/** The value of a context path in the recorded context of the first or last event that carries one passes a test. */
export interface Touch extends ValueTest {
  /** The earliest or the latest event that carries a value. */
  readonly touch: 'first' | 'last'
  /** A `utm.…` path, `referrer.host` or `url.path`. */
  readonly of: string
}
/** One step of a sequence. */
export interface SequenceStep {
  readonly event: EventName
  readonly where?: Where
}
/** Different events took the steps in order, the last one in the window. */
export interface Sequence {
  /**
   * 2 to 8 steps.
   * @minItems 2
   * @maxItems 8
   */
  readonly sequence: readonly SequenceStep[]
  /** The most time from one step to the next; any when left out. */
  readonly gap?: Duration
  /** When the last step was taken; ever when left out. */
  readonly within?: Within
  /** No such event lies between the first and the last step. */
  readonly unless?: EventName
}
/** The furthest stage of a funnel is at or past this one. */
export interface FunnelReached {
  /** One of the ruleset's `funnels`. */
  readonly funnel: Key
  /** One of its stages. */
  readonly reached: Key
}
/** The furthest stage of a funnel is exactly this one. */
export interface FunnelStage {
  /** One of the ruleset's `funnels`. */
  readonly funnel: Key
  /** One of its stages. */
  readonly stage: Key
}
/** Active in at least `atLeast` of the last `ofLast` periods, the current one included. */
export interface Regular {
  readonly regular: EventName
  readonly where?: Where
  /** UTC days, or ISO weeks from Monday. */
  readonly period: 'day' | 'week'
  /** In how many periods at least. */
  readonly atLeast: PeriodCount
  /** How many periods back, the current one included. */
  readonly ofLast: PeriodCount
}
