import type { SequenceStep } from '../condition/condition.ts'
import type { ScorePoints } from '../condition/definitions.ts'
import type { Integer, Natural, Seconds } from '../condition/quantity.ts'
import type { Scalar } from '../condition/scalar.ts'
import type { Where } from '../condition/where.ts'

/** The last times of matching events; the first, and the last one's id, when a condition asks. */
export interface TimesSignal {
  readonly kind: 'times'
  readonly event: string
  readonly where?: Where
  /** How many last times are kept: the largest bound + 1 of all conditions, 1 to 32. */
  readonly keep: number
  readonly first?: true
  readonly id?: true
}

/** What is taken of a numeric property, in whole ten-thousandths; `number` is how many usable values there were. */
export type Take = 'sum' | 'min' | 'max' | 'number'

interface Counting {
  readonly event: string
  readonly where?: Where
  /** Without it the events themselves are counted. */
  readonly take?: Take
  /** The property that is taken. */
  readonly of?: string
}

/** A count or an aggregate over everything that ever happened. */
export interface TotalSignal extends Counting {
  readonly kind: 'total'
}

/** A count or an aggregate in each of the 60 buckets of a window. */
export interface RingSignal extends Counting {
  readonly kind: 'ring'
  /** A bucket's length in seconds: the window / 60. */
  readonly bucket: number
}

/** The most recent different values of a property, each with its last time. */
export interface DistinctSignal {
  readonly kind: 'distinct'
  readonly event: string
  readonly where?: Where
  readonly of: string
}

/** Decaying points of a property's values. */
export interface InterestSignal {
  readonly kind: 'interest'
  readonly of: string
  /** A bucket's length in seconds: floor(half-life / 8). */
  readonly bucket: number
  /** Event name → whole hundredths of a point. */
  readonly points: { readonly [event: string]: number }
}

/** Decaying points of a score. */
export interface ScoreSignal {
  readonly kind: 'score'
  /** A bucket's length in seconds: floor(half-life / 8). */
  readonly bucket: number
  /** Each with whole hundredths of a point. */
  readonly points: readonly ScorePoints[]
}

/** In which of the last 60 UTC days or ISO weeks an event happened. */
export interface PeriodsSignal {
  readonly kind: 'periods'
  readonly event: string
  readonly where?: Where
  readonly period: 'day' | 'week'
}

/** For each step the latest chain of different events that took the steps up to it in order. */
export interface ChainSignal {
  readonly kind: 'chain'
  readonly steps: readonly SequenceStep[]
  /** The most seconds from one step to the next. */
  readonly gap?: number
  readonly unless?: string
}

/** The value of a context path in the first and in the last event that carried one. Listens to every event. */
export interface TouchSignal {
  readonly kind: 'touch'
  readonly of: string
}

/** One thing that a profile keeps because a condition asks for it. */
export type Signal =
  | TimesSignal
  | TotalSignal
  | RingSignal
  | DistinctSignal
  | InterestSignal
  | ScoreSignal
  | PeriodsSignal
  | ChainSignal
  | TouchSignal

/** A bucket: its index and what it holds. */
export type Bucket = readonly [index: Integer, amount: Integer]

interface Watched {
  /** Seconds since when the signal is watched, when that is later than first seen. */
  readonly since?: Seconds
}

/** The last times of an event. */
export interface TimesState extends Watched {
  /**
   * Seconds, newest first.
   * @maxItems 32
   */
  readonly times: readonly Seconds[]
  /** The first time. */
  readonly first?: Seconds
  /** Id of the last event in the order. */
  readonly id?: string
}
/** A count, or an aggregate in whole ten-thousandths. */
export interface TotalState extends Watched {
  /** `null` is the least or greatest of nothing. */
  readonly total: Integer | null
  /** Values that were present but no usable number. */
  readonly skipped?: Natural
}
/** A count or an aggregate in the buckets of a window. */
export interface RingState extends Watched {
  /**
   * Ascending by index.
   * @maxItems 60
   */
  readonly buckets: readonly Bucket[]
  /** Values that were present but no usable number. */
  readonly skipped?: Natural
}
/** The most recent different values of a property. */
export interface DistinctState extends Watched {
  /**
   * Newest first; in a visitor token the values themselves are `null`, since only their number counts.
   * @maxItems 32
   */
  readonly values: readonly (readonly [value: Scalar | null, last: Seconds])[]
}
/** Decaying points of a property's values. */
export interface InterestState extends Watched {
  /**
   * Ascending by value's code points; each value's buckets ascend.
   * @maxItems 64
   */
  readonly values: readonly (readonly [value: string, buckets: readonly Bucket[]])[]
}

/** Decaying points of a score. */
export interface ScoreState extends Watched {
  /**
   * Ascending by index; amounts are hundredths of a point.
   * @maxItems 64
   */
  readonly buckets: readonly Bucket[]
}
/** Days or weeks in which an event happened. */
export interface PeriodsState extends Watched {
  /**
   * Indexes of periods since 1970, newest first, none 60 or more before the first.
   * @maxItems 60
   */
  readonly periods: readonly Integer[]
}
/** Seconds at which a chain began and at which its last step was taken; in a visitor token both are the latter. */
export type Chain = readonly [start: Seconds, end: Seconds]
/** How far chains of events came. */
export interface ChainState extends Watched {
  /**
   * A place for each step; `null` where no chain reached it.
   * @maxItems 8
   */
  readonly chains: readonly (Chain | null)[]
}
/** A value and the event that carried it; in a visitor token time and id are left out (0 and empty). */
export interface Touched {
  /** What stood at the path. */
  readonly value: string
  readonly seconds: Seconds
  /** Id of the event. */
  readonly id: string
}
/** What the first and the last event carried. */
export interface TouchState extends Watched {
  /** The earliest. */
  readonly first?: Touched
  /** The latest. */
  readonly last?: Touched
}

/** What a profile keeps for one signal. */
export type SignalState =
  | TimesState
  | TotalState
  | RingState
  | DistinctState
  | InterestState
  | ScoreState
  | PeriodsState
  | ChainState
  | TouchState
