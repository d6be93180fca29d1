import type { Definitions } from '../condition/definitions.ts'
import type { Signal } from '../signal/signal.ts'

/** What preparing needs to know around a condition. */
export interface Around {
  readonly definitions: Definitions
  /** The slot of a signal in the plan. */
  readonly slotOf: (signal: Signal) => number
}
