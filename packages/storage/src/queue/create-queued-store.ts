import type { SignalPlan } from '@attune/core'
import { checkMilliseconds } from '../check-option.ts'
import { type BreakerState, createBreaker } from '../guard/create-breaker.ts'
import { within } from '../guard/within.ts'
import type { AppendBatch, IntakeResult, IntakeStore, Quarantine, RehearsingStore } from '../profile-store.ts'
import { isErased, isMoved, StoreBusyError } from '../store-error.ts'
import type { MergeResult, VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { checkParts } from './check-parts.ts'
import { eraseEverywhere } from './erase-everywhere.ts'
import type { EventQueue } from './event-queue.ts'
import { toResult, unknownResult } from './intake-answer.ts'
import { isStoreTrouble } from './patience.ts'
import { rememberPushed } from './pushed-events.ts'
import { createRefusalLine } from './refusal-line.ts'

export interface QueuedStoreOptions {
  /** Closed with the store. */
  readonly queue: EventQueue
  /** Where workers fold to: it is read here, and written only for what was refused and for sweeps. Closed as well. */
  readonly store: RehearsingStore & VisitorRights & VisitorMerging & Partial<Quarantine>
  /** Milliseconds that an answer waits for the profile, and for refused events to be counted. Default 25. */
  readonly deadline?: number | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Hears of profiles that could not be read or came too late, and of refused events that could not be counted yet. */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** A store that queues, and tells whether it reads from the store behind it. */
export interface QueuedStore
  extends IntakeStore,
    Pick<RehearsingStore, 'rehearse'>,
    VisitorRights,
    VisitorMerging,
    Partial<Quarantine> {
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
 * five minutes (256 events at most; 50,000 or 32 M characters of all visitors), so the very next page knows what was just done. Until a worker has folded a batch,
 * what another process pushed for the same visitor is missing from them, and an id that another process pushed counts as
 * accepted, not as a duplicate or a conflict; the worker sorts it out, and no event counts twice in the store.
 *
 * When the profile does not come within the deadline it is `null`: whoever asks keeps the token that the visitor has, which
 * at most lacks this batch. A store that does not answer is left alone and asked about once a second.
 *
 * What was refused is counted in the store. While that does not take it, `reject` resolves all the same: it waits in this
 * process (all counts; the content of the newest 1,000) until the store answers again or this one is closed. A process that
 * is killed meanwhile takes these counts along.
 *
 * An erasure reaches what this process remembers, the queue and the store, whose tombstone keeps out whatever comes later. What another process remembers of the visitor it forgets within five minutes, and never folds. An export holds
 * what is folded. What waits of a visitor who is merged is folded into whom it was merged into; until then this process knows it there.
 */
export function createQueuedStore(options: QueuedStoreOptions): QueuedStore {
  const { queue, store, deadline = 25, clock = Date.now, onError = () => {} } = options
  checkParts('createQueuedStore', { queue, store })
  checkMilliseconds('createQueuedStore', 'deadline', deadline, 0)
  const breaker = createBreaker()
  const pushed = rememberPushed(REMEMBERED_VISITORS, REMEMBERED_FOR, clock)

  const refusals = createRefusalLine((rejected) => store.reject(rejected), clock)
  let isClosed = false

  // Nothing, when the store is left alone or does not answer.
  const ask = async <T>(question: () => Promise<T>): Promise<T | undefined> => {
    if (!breaker.mayAsk()) return undefined
    try {
      const answer = await question()
      breaker.succeeded()
      return answer
    } catch (error) {
      if (isErased(error) || isMoved(error)) {
        breaker.succeeded()
        throw error
      }
      // What it was asked may be at fault as well; then it answered.
      if (isStoreTrouble(error)) breaker.failed()
      else breaker.succeeded()
      onError(error)
      return undefined
    }
  }
  const handOver = async (): Promise<void> => {
    if (refusals.isWaiting()) await ask(refusals.handOver)
  }
  // For whoever asks what was refused: all of it should be there.
  const handOverAll = async (): Promise<void> => {
    await refusals.settled()
    await handOver()
  }
  const rehearse = async (batch: AppendBatch): Promise<IntakeResult | undefined> => {
    const known = pushed.find(batch.visitor)
    const rehearsed = await ask(() =>
      inTime(store.rehearse({ ...batch, events: [...known, ...batch.events] }), deadline),
    )
    if (rehearsed === undefined) return undefined
    // It answers again: time for what waited. Nobody waits for that.
    handOver()
    return toResult(rehearsed, batch, known, pushed)
  }

  // The very next page is to know what waits of both.
  const withPushed = async (merged: MergeResult, into: string, plan: SignalPlan): Promise<MergeResult> => {
    const known = pushed.find(into)
    if (known.length === 0) return merged
    // What went wrong with it does not undo the merge.
    const rehearsed = await ask(() => store.rehearse({ visitor: into, events: known, plan })).catch(onError)
    return { ...merged, profile: rehearsed?.profile ?? merged.profile }
  }

  return {
    load: async (visitor, plan) => {
      const known = pushed.find(visitor)
      if (known.length === 0) return store.load(visitor, plan)
      try {
        return (await store.rehearse({ visitor, events: known, plan })).profile
      } catch (error) {
        if (!isErased(error) && !isMoved(error)) throw error
        pushed.forgetAll(visitor)
        return null
      }
    },
    // Of what is folded.
    rehearse: (batch) => store.rehearse(batch),
    append: async (batch) => {
      const { visitor, events } = batch
      const known = new Set(pushed.find(visitor).map(({ id }) => id))
      // Both at once: the store is asked before a worker can have folded the batch.
      const answer = rehearse(batch)
      // Looked at after the push.
      answer.catch(() => {})
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
      try {
        return (await answer) ?? unknownResult(events, known)
      } catch (error) {
        // Erased: what was pushed no worker folds. Merged: it is folded where the other one is.
        pushed.forgetAll(visitor)
        throw error
      }
    },
    reject: async (rejected) => {
      if (isClosed) return store.reject(rejected)
      refusals.add(rejected)
      // Later is soon enough for a count; why it failed, `onError` heard.
      await inTime(handOver(), deadline).catch(() => {})
    },
    rejectedCounts: async () => {
      await handOverAll()
      return store.rejectedCounts()
    },
    ...quarantineOf(store, handOverAll),
    exportVisitor: async (visitor) => {
      await handOverAll()
      return store.exportVisitor(visitor)
    },
    erase: async (visitor, at, files) => {
      const forget = (): void => {
        pushed.forgetAll(visitor)
        refusals.forget(visitor)
      }
      forget()
      const erased = await eraseEverywhere(store, queue, visitor, at, files)
      // An append may have come in between.
      forget()
      return erased
    },
    mergeVisitor: async (from, into, plan, at) => {
      const merged = await store.mergeVisitor(from, into, plan, at)
      pushed.add(into, pushed.find(from))
      pushed.forgetAll(from)
      return withPushed(merged, into, plan)
    },
    absorbedBy: (into) => store.absorbedBy(into),
    sweep: (now, retention) => store.sweep(now, retention),
    breaker: breaker.state,
    close: async () => {
      isClosed = true
      // A try that somebody else began may fail, and is none of ours.
      await refusals.settled()
      await refusals.handOver().catch(onError)
      await queue.close()
      await store.close()
    },
  }
}

// A store that gives refused events back does so behind a queue as well.
function quarantineOf(
  { listRejected, dropRejected }: Partial<Quarantine>,
  handOver: () => Promise<void>,
): Partial<Quarantine> {
  if (listRejected === undefined || dropRejected === undefined) return {}
  return {
    listRejected: async (query) => {
      await handOver()
      return listRejected(query)
    },
    dropRejected,
  }
}

function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  return within(promise, ms, () => new StoreBusyError(`[storage] queued store: no answer within ${ms} ms.`))
}
