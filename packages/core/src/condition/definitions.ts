import type { Purpose } from '../consent/purpose.ts'
import type { EventName } from '../event/event.ts'
import type { EventDefinitions } from '../event/event-definition.ts'
import type { Key } from '../result/key.ts'
import type { Duration } from './duration.ts'
import type { Decimal, Points, ScoreCut, TraitWeight, Whole } from './quantity.ts'
import type { Where } from './where.ts'

/** The type a ruleset declares for a trait; `list` holds text. */
export type TraitType = 'string' | 'number' | 'boolean' | 'list'

/** What a ruleset says of a trait. */
export interface TraitDefinition {
  readonly type: TraitType
  /** The consent purpose that reading it needs; default `preferences`. */
  readonly purpose?: Purpose
  /**
   * Who may tell it → how much that weighs: of two tellings the heavier stays, whichever came first, and of two that weigh the same the later. A source
   * that is not named may not tell it. Left out, anybody may, and the later stays.
   * @minProperties 1
   */
  readonly sources?: { readonly [source: string]: TraitWeight }
}

/** An interest family: points that events give to a property's values, halved every `halfLife`. */
export interface InterestDefinition {
  /** The text property whose values gather points. */
  readonly of: string
  /** After so long a point is worth half. */
  readonly halfLife: Duration
  /**
   * Event → points.
   * @minProperties 1
   */
  readonly points: { readonly [event: string]: Points }
}

/** A score: points that events give, halved every `halfLife`. An event gives the points of every entry it matches. */
export interface ScoreDefinition {
  /** After so long a point is worth half. */
  readonly halfLife: Duration
  /**
   * Which events give how much.
   * @minItems 1
   */
  readonly points: readonly ScorePoints[]
  /**
   * 101 numbers, none below the one before; the value at place i is reached by all but i of 100 visitors.
   * @minItems 101
   * @maxItems 101
   */
  readonly percentiles?: readonly ScoreCut[]
}

/** What a matching event gives to a score. */
export interface ScorePoints {
  readonly event: EventName
  readonly where?: Where
  readonly points: Points
}

/** A funnel: stages that are reached in order. */
export interface FunnelDefinition {
  /** How long ago a stage may have been reached. */
  readonly within: Duration
  /**
   * 2 to 8 steps in order, their stages different.
   * @minItems 2
   * @maxItems 8
   */
  readonly steps: readonly FunnelStep[]
}

/** One stage of a funnel and the event that reaches it. */
export interface FunnelStep {
  /** Its name, for conditions. */
  readonly stage: Key
  readonly event: EventName
  readonly where?: Where
}

/** Recency, frequency and monetary bands of an event; four ascending cut points each. */
export interface RfmDefinition {
  readonly event: EventName
  /** The numeric property that `monetary` adds up. */
  readonly value: string
  /** How far back the bands look. */
  readonly within: Duration
  /**
   * Four ascending cut points: days since the last event. Each that is exceeded costs a band.
   * @minItems 4
   * @maxItems 4
   */
  readonly recency: readonly Whole[]
  /**
   * Four ascending cut points: events in the window. Each that is reached gives a band.
   * @minItems 4
   * @maxItems 4
   */
  readonly frequency: readonly Whole[]
  /**
   * Four ascending cut points: sum of `value` in the window. Each that is reached gives a band.
   * @minItems 4
   * @maxItems 4
   */
  readonly monetary: readonly Decimal[]
}

/** What conditions may refer to: the part of a ruleset that gives their names a meaning. */
export interface Definitions {
  readonly events: EventDefinitions
  readonly traits: { readonly [name: string]: TraitDefinition }
  readonly interests: { readonly [family: string]: InterestDefinition }
  readonly scores: { readonly [name: string]: ScoreDefinition }
  readonly funnels: { readonly [name: string]: FunnelDefinition }
  readonly rfm: { readonly [name: string]: RfmDefinition }
  /** The default zone of `when`. */
  readonly timezone: string
}
