import type { Allocation } from '../allocation/allocation.ts'
import type { Condition } from '../condition/condition.ts'
import type { Duration } from '../condition/duration.ts'
import type { Instant } from '../condition/instant.ts'
import type { Purpose } from '../consent/purpose.ts'

/** Shows variants of one placement to an audience. */
export interface Experience {
  readonly key: string
  readonly placement: string
  /** Everybody when left out. */
  readonly audience?: Condition
  readonly allocation: Allocation
  /** Open from `from` until before `until`. */
  readonly schedule?: { readonly from?: Instant; readonly until?: Instant }
  /** At most so many exposures of this experience in the window. */
  readonly cap?: { readonly exposures: number; readonly within: Duration }
  /** Experiences of one group share an axis: a visitor meets at most one of them. */
  readonly group?: string
  /** `functional` lets it be shown without consent to `preferences`. */
  readonly purpose?: Purpose
}
