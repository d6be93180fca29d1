import type { Scalar } from '../condition/operator.ts'
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

/** How many matching events there ever were. */
export interface TotalSignal {
  readonly kind: 'total'
  readonly event: string
  readonly where?: Where
}

/** Counts in 60 buckets of a window. */
export interface RingSignal {
  readonly kind: 'ring'
  readonly event: string
  readonly where?: Where
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

/** One thing that a profile keeps because a condition asks for it. */
export type Signal = TimesSignal | TotalSignal | RingSignal | DistinctSignal | InterestSignal

/** A bucket: its index and what it holds. */
export type Bucket = readonly [index: number, amount: number]

interface Watched {
  /** Seconds since when the signal is watched, when that is later than first seen. */
  readonly since?: number
}

/** Seconds, newest first. */
export interface TimesState extends Watched {
  readonly times: readonly number[]
  readonly first?: number
  /** Id of the last event in the order. */
  readonly id?: string
}
export interface TotalState extends Watched {
  readonly total: number
}
/** Ascending by index. */
export interface RingState extends Watched {
  readonly buckets: readonly Bucket[]
}
/** Newest first; in a visitor token the values themselves are `null`, since only their number counts. */
export interface DistinctState extends Watched {
  readonly values: readonly (readonly [value: Scalar | null, last: number])[]
}
/** Ascending by value's code points; each value's buckets ascend. */
export interface InterestState extends Watched {
  readonly values: readonly (readonly [value: string, buckets: readonly Bucket[]])[]
}

/** What a profile keeps for one signal. */
export type SignalState = TimesState | TotalState | RingState | DistinctState | InterestState
