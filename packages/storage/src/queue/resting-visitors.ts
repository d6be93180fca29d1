import { backOff } from './patience.ts'

/** Visitors whose folds failed: they are left alone for a while, and nobody waits for them. */
export interface RestingVisitors {
  isResting(visitor: string): boolean
  /** A fold was accepted. */
  folded(visitor: string): void
  /** The store failed. */
  troubled(visitor: string): void
  /** An entry failed for a reason of its own, for the `failures`-th time. */
  failed(visitor: string, failures: number): void
  /** The store failed for this visitor alone. Answers how often it did so in a row. */
  failedAlone(visitor: string): number
  /** It rests no longer: what failed is out of the way. */
  wake(visitor: string): void
  /**
   * Tells whether this visitor alone is at fault: the store failed for it before, has folded others since, and fails for few.
   */
  isAlone(visitor: string): boolean
}

interface Rest {
  readonly troubles: number
  readonly alone: number
  readonly until: number
  /** How many folds had been accepted when it began. */
  readonly begun: number
}

// Of those before them it is forgotten that they rest: they are asked about sooner than need be.
const MOST_RESTING = 10_000
// A node of a cluster that takes no writes has more visitors than these.
const FEW = 8

/** `clock`: milliseconds that never go back. */
export function createRestingVisitors(clock: () => number): RestingVisitors {
  const rests = new Map<string, Rest>()
  let accepted = 0

  const rest = (visitor: string, wait: number, changes: Partial<Rest> = {}): void => {
    const before = rests.get(visitor) ?? { troubles: 0, alone: 0, begun: accepted }
    rests.delete(visitor)
    rests.set(visitor, { ...before, ...changes, until: clock() + wait })
    const [oldest] = rests.keys()
    if (rests.size > MOST_RESTING && oldest !== undefined) rests.delete(oldest)
  }

  return {
    isResting: (visitor) => (rests.get(visitor)?.until ?? Number.NEGATIVE_INFINITY) > clock(),
    folded: (visitor) => {
      accepted++
      rests.delete(visitor)
    },
    troubled: (visitor) => {
      const troubles = (rests.get(visitor)?.troubles ?? 0) + 1
      rest(visitor, backOff(troubles), { troubles })
    },
    failed: (visitor, failures) => rest(visitor, backOff(failures)),
    failedAlone: (visitor) => {
      const alone = (rests.get(visitor)?.alone ?? 0) + 1
      rest(visitor, backOff(alone), { alone })
      return alone
    },
    wake: (visitor) => rest(visitor, 0),
    isAlone: (visitor) => {
      const known = rests.get(visitor)
      return known !== undefined && accepted > known.begun && rests.size <= FEW
    },
  }
}
