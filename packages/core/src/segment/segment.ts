import type { Condition } from '../condition/condition.ts'

/** A named group of visitors: those for whom the condition is true. */
export interface Segment {
  /** How people name it. */
  readonly label?: string
  readonly when: Condition
}

/** Groups of visitors by key. */
export interface Segments {
  readonly [key: string]: Segment
}
