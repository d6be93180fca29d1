import type { SignalPlan } from '@attune/core'
import type { ProfileStore } from '../profile-store.ts'
import type { DelayHistogram } from './delay-histogram.ts'
import type { EventQueue } from './event-queue.ts'

/** What a worker folds from where to where, and how much of it at once. */
export interface WorkerOptions {
  readonly queue: EventQueue
  readonly store: Pick<ProfileStore, 'append' | 'load' | 'reject'>
  /** The plan in force; asked before each fold. */
  readonly plan: () => SignalPlan
  /** Ends the work: what is under way is finished, the rest is given back. */
  readonly signal: AbortSignal
  /** Entries that are held at once. Default 1,024. */
  readonly most?: number | undefined
  /** Visitors that are folded side by side. Default 128. */
  readonly sideBySide?: number | undefined
  /** Times that an entry may fail for a reason of its own before it is set aside. Default 5. */
  readonly tries?: number | undefined
  /** Hears what went wrong and in which step: `take`, `fold`, `set-aside`, `reject`, `done`. */
  readonly onError?: ((error: unknown, step: string) => void) | undefined
  /** Milliseconds since 1970, as the collectors have it. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Where delays are added, and what `report()` tells of them: `observeDelays` of `@attune/storage/telemetry` tells them on. */
  readonly delays?: DelayHistogram | undefined
}

/** What a worker did so far. Counts are events, but for the two that say otherwise. */
export interface WorkerReport {
  readonly entries: number
  readonly accepted: number
  readonly duplicates: number
  readonly conflicts: number
  /** Of visitors who were erased meanwhile: they were dropped. */
  readonly erased: number
  /** Entries. */
  readonly setAside: number
  /** From when an event was received to when it was in the profile. */
  readonly delays: DelayHistogram
}

export interface RunningWorker {
  report(): WorkerReport
  /** The partitions it has now. */
  partitions(): readonly number[]
  /** Resolves when it has ended, after the signal. */
  readonly ended: Promise<void>
}
