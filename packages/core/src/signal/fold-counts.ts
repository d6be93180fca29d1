import { own } from '../result/json.ts'
import { amountOf, MISSING, SKIPPED } from './amount.ts'
import { addToBucket } from './buckets.ts'
import type { Fold, Mutable } from './fold.ts'
import type { FoldedEvent } from './folded-event.ts'
import { ringGathering, takeInto } from './ring.ts'
import type { Bucket, RingSignal, RingState, TotalSignal, TotalState } from './signal.ts'

interface TotalWork {
  total: number | null
  skipped: number
  readonly since: number | undefined
}

/** Counts or takes over everything that ever happened. */
export function foldTotal(signal: TotalSignal): Fold<TotalState, TotalWork> {
  const { take } = signal
  const taken = takenOf(signal)
  return {
    open: ({ total, skipped = 0, since }) => ({ total, skipped, since }),
    add: (work, event) => {
      const amount = taken(event)
      if (amount === MISSING) return
      if (amount === SKIPPED) work.skipped++
      else work.total = takeInto(take, work.total ?? undefined, amount)
    },
    close: ({ total, skipped, since }) => {
      const state: Mutable<TotalState> = { total }
      if (skipped > 0) state.skipped = skipped
      if (since !== undefined) state.since = since
      return state
    },
  }
}

interface RingWork {
  readonly buckets: Bucket[]
  skipped: number
  readonly since: number | undefined
}

/** Counts or takes in the bucket of each event; buckets that have left the window of the newest are dropped. */
export function foldRing(signal: RingSignal): Fold<RingState, RingWork> {
  const { take, bucket } = signal
  const taken = takenOf(signal)
  const gathering = ringGathering(take)
  return {
    open: ({ buckets, skipped = 0, since }) => ({ buckets: [...buckets], skipped, since }),
    add: (work, event) => {
      const amount = taken(event)
      if (amount === MISSING) return
      if (amount === SKIPPED) work.skipped++
      else addToBucket(work.buckets, Math.floor(event.seconds / bucket), amount, gathering)
    },
    close: ({ buckets, skipped, since }) => {
      const state: Mutable<RingState> = { buckets }
      if (skipped > 0) state.skipped = skipped
      if (since !== undefined) state.since = since
      return state
    },
  }
}

type Taken = (event: FoldedEvent) => number | typeof MISSING | typeof SKIPPED

function takenOf({ take, of }: TotalSignal | RingSignal): Taken {
  if (take === undefined || of === undefined) return () => 1
  if (take !== 'number') return ({ properties }) => amountOf(own(properties, of))
  return ({ properties }) => {
    const amount = amountOf(own(properties, of))
    return typeof amount === 'number' ? 1 : amount
  }
}
