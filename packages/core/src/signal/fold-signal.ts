import { compileWhere } from '../condition/where.ts'
import { foldRing, foldTotal } from './fold-counts.ts'
import { foldDistinct } from './fold-distinct.ts'
import { foldInterest } from './fold-interest.ts'
import { foldTimes } from './fold-times.ts'
import type { FoldedEvent } from './folded-event.ts'
import type {
  DistinctState,
  InterestState,
  RingState,
  Signal,
  SignalState,
  TimesState,
  TotalState,
} from './signal.ts'

/** Adds an event to a signal's state and answers the new one, or the same when it changes nothing. */
export type FoldSignal = (state: SignalState, event: FoldedEvent) => SignalState

/** The events a signal listens to. */
export function eventsOf(signal: Signal): readonly string[] {
  return signal.kind === 'interest' ? Object.keys(signal.points) : [signal.event]
}

/** Makes the fold of one signal; its filter is compiled once. */
export function compileFold(signal: Signal): FoldSignal {
  const fold = foldOf(signal)
  const matches = signal.kind === 'interest' ? undefined : compileWhere(signal.where)
  if (matches === undefined) return fold
  return (state, event) => (matches(event.properties) ? fold(state, event) : state)
}

// A state is written only by the fold of its own kind, found by the signal's key: the casts below rest on that.
function foldOf(signal: Signal): FoldSignal {
  switch (signal.kind) {
    case 'times':
      return (state, event) => foldTimes(signal, state as TimesState, event)
    case 'total':
      return (state) => foldTotal(state as TotalState)
    case 'ring':
      return (state, event) => foldRing(signal, state as RingState, event)
    case 'distinct':
      return (state, event) => foldDistinct(signal, state as DistinctState, event)
    case 'interest':
      return (state, event) => foldInterest(signal, state as InterestState, event)
  }
}
