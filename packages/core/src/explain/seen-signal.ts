import type { Signal, SignalState } from '../signal/signal.ts'

/** A signal that a condition asked for and what the profile keeps for it. */
export interface SeenSignal {
  readonly signal: Signal
  readonly state: SignalState
}
