import type { FoldedEvent } from './folded-event.ts'

/**
 * How a signal is folded: a state is opened for work, events are added to the work in place, and closing gives the new
 * state. The opened state is never written to, so folding is pure to whoever looks from outside, and many events cost
 * one copy.
 */
export interface Fold<State, Work> {
  open(state: State): Work
  add(work: Work, event: FoldedEvent): void
  close(work: Work): State
}

/** A state while it is being built. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] }
