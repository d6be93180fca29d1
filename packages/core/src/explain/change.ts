import type { SequenceStep } from '../condition/condition.ts'
import type { ValueTest } from '../condition/operator.ts'
import type { Where } from '../condition/where.ts'
import type { Purpose } from '../consent/purpose.ts'
import type { Sample } from './sample-value.ts'

/** Time passes and nothing else happens. */
export interface TimeChange {
  readonly by: 'time'
  /** Milliseconds since 1970. */
  readonly at: number
}
/** An event happens some more times. */
export interface EventChange {
  readonly by: 'event'
  readonly event: string
  readonly where?: Where
  readonly count: number
  /** It has happened before. */
  readonly again?: true
  /** A property and the value that each of the events has. */
  readonly value?: { readonly property: string; readonly is: number }
  /** A property of which each of the events has another new value. */
  readonly different?: string
}
/** Different events happen one after another. */
export interface StepsChange {
  readonly by: 'steps'
  readonly steps: readonly SequenceStep[]
}
/** A value is another one. */
interface ValueChange {
  /** The value that was tried; `null` is none. */
  readonly value: Sample
  /** What it has to do: pass this test, or, where `passes` is false, fail it. */
  readonly test: ValueTest
  readonly passes: boolean
}
/** The visitor comes in another way: an event carries another value of a context path. */
export interface TouchChange extends ValueChange {
  readonly by: 'touch'
  readonly of: string
}
/** The request tells another value. */
export interface ContextChange extends ValueChange {
  readonly by: 'context'
  readonly path: string
}
/** The visitor has another trait. */
export interface TraitChange extends ValueChange {
  readonly by: 'trait'
  readonly name: string
}
/** The visitor allows more purposes. */
export interface ConsentChange {
  readonly by: 'consent'
  readonly purposes: readonly Purpose[]
}

/** One thing that may come to be and flip a condition. */
export type Change =
  | TimeChange
  | EventChange
  | StepsChange
  | TouchChange
  | ContextChange
  | TraitChange
  | ConsentChange

// What a visitor may do or wait for is nearer than what a site would have to find elsewhere.
const COSTS = { consent: 2, time: 3, touch: 4, context: 5, trait: 5 } as const

/** How large a change is, to compare: one event is 1, so many are so much. */
export function costOf(change: Change): number {
  if (change.by === 'event') return change.count
  return change.by === 'steps' ? change.steps.length : COSTS[change.by]
}
