import type { Allocation } from '../allocation/allocation.ts'
import type { Condition } from '../condition/condition.ts'
import type { Duration } from '../condition/duration.ts'
import type { Instant } from '../condition/instant.ts'
import type { Natural } from '../condition/quantity.ts'
import type { Purpose } from '../consent/purpose.ts'
import type { Key } from '../result/key.ts'

/** Shows variants of one placement to an audience. */
export interface Experience {
  /** Its name. It also makes the buckets: a new key is another experiment. */
  readonly key: Key
  /** Key of one of the ruleset's `placements`. */
  readonly placement: Key
  /** Who may see it; everybody when left out. */
  readonly audience?: Condition
  readonly allocation: Allocation
  /** Open from `from` until before `until`. */
  readonly schedule?: {
    /** Open from then on. */
    readonly from?: Instant
    /** Open before then. */
    readonly until?: Instant
  }
  /** At most so many exposures of this experience in the window. */
  readonly cap?: {
    /** How often it may be seen. */
    readonly exposures: Natural
    /** In how long. */
    readonly within: Duration
  }
  /** Experiences of one group share an axis: a visitor meets at most one of them. */
  readonly group?: Key
  /** `functional` lets it be shown without consent to `preferences`. */
  readonly purpose?: Purpose
}
