import type { Formula } from './formula.ts'

/** When a condition is true and when it is false; otherwise it is unknown. */
export interface TruthOf {
  readonly true: Formula
  readonly false: Formula
}
