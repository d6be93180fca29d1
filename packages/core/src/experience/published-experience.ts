import type { Cut } from '../allocation/allocation.ts'

/** An experience as publishing prepares it. */
export interface PublishedExperience {
  readonly key: string
  readonly placement: string
  /** Place of the audience among the published nodes; everybody when left out. */
  readonly audience?: number
  /** Place of the condition that is true while the cap is reached. */
  readonly cap?: number
  /** Open from this second since 1970 … */
  readonly from?: number
  /** … until before this one. */
  readonly until?: number
  /** What is hashed with the visitor's id; left out when everybody gets the one variant. */
  readonly axis?: string
  /** The bucket of the axis at which the first share begins. */
  readonly start: number
  readonly cuts: readonly Cut[]
  /** It may be shown to a visitor of whom nothing may be remembered. */
  readonly functional?: true
}
