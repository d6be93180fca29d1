import type { AttuneEvent } from '@attune/core'
import type { EraseResult } from '../visitor-rights.ts'

/** Fresh events of one visitor, as they were received. */
export interface QueuedBatch {
  /** Any text of 1 to 256 characters. */
  readonly visitor: string
  readonly events: readonly AttuneEvent[]
  /** When they were received, milliseconds since 1970. */
  readonly received: number
}

/** A batch that waits. */
export interface QueueEntry extends QueuedBatch {
  /** Names it within its partition. */
  readonly id: string
  readonly partition: number
}

/** Where accepted events wait until a worker folds them. */
export interface EventQueue {
  /**
   * Adds a batch. Resolves when it is as durable as the queue is set up to be. Rejects with `StoreBusyError` (also when too
   * much waits) or `StoreWriteError`; then it was not added, or only the answer was lost: pushing it again is harmless,
   * because folding leaves known ids out. Rejects with a TypeError what are no events.
   */
  push(batch: QueuedBatch): Promise<void>
  /** Joins those who fold; a worker has one. Partitions are shared out among all who joined, in all processes. */
  consume(): QueueConsumer
  /** Asks how much is left to do. */
  waiting(): Promise<QueueWaiting>
  /** Puts back what was set aside, for after its cause was mended. Answers how many entries; safe to break off. */
  replay(): Promise<number>
  /**
   * Removes what waits of a visitor and what was set aside. What a consumer has in its hands is not: the store refuses it.
   * Safe to call again.
   */
  erase(visitor: string): Promise<QueueErasure>
  /** Lets go of everything, its consumers first. Asking anything afterwards rejects. */
  close(): Promise<void>
}

/**
 * One who folds. Entries come at least once: a consumer that was stopped, or lost a partition to another, may have folded
 * some that are given out again.
 */
export interface QueueConsumer {
  /**
   * Takes at most `most` entries of its partitions, in each partition the oldest that it has not taken yet. Waits up to
   * `wait` milliseconds while there are none.
   */
  take(options: { readonly most: number; readonly wait: number }): Promise<readonly QueueEntry[]>
  /** Removes entries that are folded. */
  done(entries: readonly QueueEntry[]): Promise<void>
  /** Lets go of entries that cannot be folded now: they are taken again, after what waits behind them. */
  giveBack(entries: readonly QueueEntry[]): void
  /** Removes an entry that cannot be folded and keeps it, with the reason, for a replay. */
  setAside(entry: QueueEntry, reason: string): Promise<void>
  /** The partitions it has now, in ascending order. */
  partitions(): readonly number[]
  /** Gives its partitions back; what it took and did not finish is given to others. May be called again. */
  close(): Promise<void>
}

/** What an erasure removed from a queue. */
export type QueueErasure = Pick<EraseResult, 'queued' | 'leftovers'>

/** How much is left to do. */
export interface QueueWaiting {
  /** Entries that are not folded yet. */
  readonly entries: number
  /** When the oldest of them was received, milliseconds since 1970; `null` when none waits or the queue cannot tell. */
  readonly oldest: number | null
  /** Entries that are set aside. */
  readonly setAside: number
}

/** Parts of a queue when nothing else is said: as many workers can fold side by side. */
export const DEFAULT_PARTITIONS = 16
/** Entries that may wait when nothing else is said, over all partitions. */
export const DEFAULT_MOST_WAITING = 1_000_000
