import type { Condition } from '../condition/condition.ts'

/** A named group of visitors: those for whom the condition is true. */
export interface Segment {
  readonly label?: string
  readonly when: Condition
}

/** Segment key → segment, as a ruleset's `segments`. */
export interface Segments {
  readonly [key: string]: Segment
}
