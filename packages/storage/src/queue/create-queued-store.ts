import { type AttuneEvent, applyEvents, compareEvents, emptyProfile } from '@attune/core'
import { type BreakerState, createBreaker } from '../guard/create-breaker.ts'
import type {
  AppendBatch,
  AppendResult,
  IntakeResult,
  IntakeStore,
  RehearsingStore,
} from '../profile-store.ts'
import { StoreBusyError } from '../store-error.ts'
import type { EventQueue } from './event-queue.ts'
import { isStoreTrouble } from './patience.ts'
import { type PushedEvents, rememberPushed } from './pushed-events.ts'

export interface QueuedStoreOptions {
  /** Closed with the store. */
  readonly queue: EventQueue
  /** Where workers fold to: it is read here, and written only for what was refused and for sweeps. Closed as well. */
  readonly store: RehearsingStore
  /** Milliseconds that an answer waits for the profile. Default 25. */
  readonly deadline?: number | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Hears of profiles that could not be read or came too late. */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** A store that queues, and tells whether it reads from the store behind it. */
export interface QueuedStore extends IntakeStore {
  /** Of the reads that answers wait for. */
  breaker(): BreakerState
}

// What waits longer than this is missing from the answers of other batches until it is folded.
const REMEMBERED_FOR = 300_000
const REMEMBERED_VISITORS = 5_000

/**
 * A store for collectors whose events are folded by workers: an append pushes and resolves when the queue has the batch.
 *
 * The profile it answers, and `load`, hold what the store has and what this process pushed for the visitor in the last
 * five minutes (256 events at most), so the very next page knows what was just done. Until a worker has folded a batch,
 * what another process pushed for the same visitor is missing from them, and an id that another process pushed counts as
 * accepted, not as a duplicate or a conflict; the worker sorts it out, and no event counts twice in the store.
 *
 * When the profile does not come within the deadline it is `null`: whoever asks keeps the token that the visitor has, which
 * at most lacks this batch. A store that does not answer is left alone and asked about once a second.
 */
export function createQueuedStore(options: QueuedStoreOptions): QueuedStore {
  const { queue, store, deadline = 25, clock = Date.now, onError = () => {} } = options
  const breaker = createBreaker()
  const pushed = rememberPushed(REMEMBERED_VISITORS, REMEMBERED_FOR, clock)

  const rehearse = async (batch: AppendBatch): Promise<IntakeResult | undefined> => {
    if (!breaker.mayAsk()) return undefined
    const known = pushed.find(batch.visitor)
    try {
      const asked = store.rehearse({ ...batch, events: [...known, ...batch.events] })
      const rehearsed = await within(asked, deadline)
      breaker.succeeded()
      return toResult(rehearsed, batch, known, pushed)
    } catch (error) {
      // What it was asked may be at fault as well; then it answered.
      if (isStoreTrouble(error)) breaker.failed()
      else breaker.succeeded()
      onError(error)
      return undefined
    }
  }

  return {
    load: async (visitor, plan) => {
      const known = pushed.find(visitor)
      if (known.length === 0) return store.load(visitor, plan)
      return (await store.rehearse({ visitor, events: known, plan })).profile
    },
    append: async (batch) => {
      const { visitor, events } = batch
      const known = new Set(pushed.find(visitor).map(({ id }) => id))
      // Both at once: the store is asked before a worker can have folded the batch.
      const answer = rehearse(batch)
      const fresh = events.filter(({ id }) => !known.has(id))
      pushed.add(visitor, fresh)
      try {
        await queue.push({ visitor, events, received: clock() })
      } catch (error) {
        pushed.forget(
          visitor,
          fresh.map(({ id }) => id),
        )
        throw error
      }
      return (await answer) ?? unknownResult(events, known)
    },
    reject: (rejected) => store.reject(rejected),
    rejectedCounts: () => store.rejectedCounts(),
    sweep: (now, retention) => store.sweep(now, retention),
    breaker: breaker.state,
    close: async () => {
      await queue.close()
      await store.close()
    },
  }
}

// The store was asked about what this process had pushed as well; the answer is about the batch alone.
function toResult(
  rehearsed: AppendResult,
  { visitor, plan }: AppendBatch,
  known: readonly AttuneEvent[],
  pushed: PushedEvents,
): IntakeResult {
  const waiting = new Set(rehearsed.accepted)
  const ids = known.map(({ id }) => id)
  const folded = ids.filter((id) => !waiting.has(id))
  pushed.forget(visitor, folded)
  return {
    profile: rehearsed.profile,
    get before() {
      const missing = known.filter(({ id }) => waiting.has(id)).sort(compareEvents)
      const { before } = rehearsed
      return missing.length === 0 ? before : applyEvents(before ?? emptyProfile(plan), missing, plan)
    },
    accepted: without(rehearsed.accepted, ids),
    duplicates: without(rehearsed.duplicates, folded),
    conflicts: without(
      rehearsed.conflicts,
      folded.filter((id) => !rehearsed.duplicates.includes(id)),
    ),
  }
}

// Nobody could tell more than what this process knows by itself.
function unknownResult(events: readonly AttuneEvent[], known: ReadonlySet<string>): IntakeResult {
  const seen = new Set(known)
  const accepted: string[] = []
  const duplicates: string[] = []
  for (const { id } of events) {
    if (seen.has(id)) duplicates.push(id)
    else accepted.push(id)
    seen.add(id)
  }
  return { profile: null, before: null, accepted, duplicates, conflicts: [] }
}

// The first of each id.
function without(list: readonly string[], ids: readonly string[]): readonly string[] {
  const left = new Set(ids)
  return list.filter((id) => !left.delete(id))
}

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new StoreBusyError(`[storage] queued store: no profile within ${ms} ms.`)),
      ms,
    )
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
