import type { AttuneEvent, Profile, SignalPlan } from '@attune/core'

/** Reads profiles. */
export interface ProfileReader {
  /** A visitor's profile, adopted to `plan`; `null` for a visitor nobody has heard of. */
  load(visitor: string, plan: SignalPlan): Promise<Profile | null>
}

/** Keeps events and the profiles folded from them. */
export interface ProfileStore extends ProfileReader {
  /**
   * Adds events to a visitor: drops those already there, folds the others and keeps them with the new profile in one
   * atomic step. Resolves only when that is durable. Rejects with `StoreBusyError` when another process holds the
   * store, or with `StoreWriteError`; then nothing of the batch was kept, or (if only the answer was lost) a retry of
   * the same ids finds duplicates. Rejects with `VisitorErasedError` for a visitor who was erased.
   */
  append(batch: AppendBatch): Promise<AppendResult>
  /** Counts refused events by reason and keeps the newest 10,000 of them. Resolves only when that is durable. */
  reject(rejected: readonly RejectedEvent[]): Promise<void>
  /** How many events were ever refused, by reason. */
  rejectedCounts(): Promise<{ readonly [reason: string]: number }>
  /** Deletes what is older than its retention. Safe to call at any time; safe to break off. */
  sweep(now: number, retention: StoreRetention): Promise<SweepResult>
  /** Finishes what was asked for, then lets go of everything. Asking anything afterwards rejects. */
  close(): Promise<void>
}

/** A store that can tell beforehand what an append would answer. */
export interface RehearsingStore extends ProfileStore {
  /** What `append` would answer now. Keeps nothing. */
  rehearse(batch: AppendBatch): Promise<AppendResult>
}

/** A store that takes events in now and folds them a moment later. */
export interface IntakeStore extends Omit<ProfileStore, 'append'> {
  /** Like `append` of a `ProfileStore`, but that the profile may not be known in time. */
  append(batch: AppendBatch): Promise<IntakeResult>
}

/** Fresh events of one visitor. */
export interface AppendBatch {
  /** Any text of 1 to 256 characters. */
  readonly visitor: string
  readonly events: readonly AttuneEvent[]
  readonly plan: SignalPlan
}

/** What became of a batch: every event's id stands in exactly one of the three lists, in the batch's order. */
export interface AppendResult {
  /** The profile after the batch. */
  readonly profile: Profile
  /** The profile before the batch, adopted to the same plan; `null` for a visitor nobody had heard of. */
  readonly before: Profile | null
  readonly accepted: readonly string[]
  /** Known id, same name and properties. */
  readonly duplicates: readonly string[]
  /** Known id, another name or other properties: the first accepted stays. */
  readonly conflicts: readonly string[]
}

/** What became of a batch that is taken in; the profile is `null` when it is not known in time. */
export interface IntakeResult extends Omit<AppendResult, 'profile'> {
  readonly profile: Profile | null
}

/** An event that was refused, and why. */
export interface RejectedEvent {
  /** Stable machine-readable name, e.g. `unknown-event`. */
  readonly reason: string
  /** When it was refused, milliseconds. */
  readonly time: number
  /** JSON text, cut at 4 KB; empty when its content must not be kept. */
  readonly event: string
  /** Whose it was, with consent to `preferences`, for a replay and so that an erase finds it. */
  readonly visitor?: string | undefined
  /** When its sender's clock said it was sent, milliseconds. */
  readonly sent?: number | undefined
}

/** A refused event that was kept. */
export interface KeptRejection extends RejectedEvent {
  /** Later ones have higher numbers. */
  readonly id: number
}

/** Which refused events are asked for. */
export interface RejectionQuery {
  /** Of this reason alone. */
  readonly reason?: string | undefined
  /** With a higher number than this; 0 from the first. */
  readonly after: number
  /** At most so many. */
  readonly most: number
}

/** A store that gives refused events back, to be looked at and replayed. */
export interface Quarantine {
  /** Those that were kept, content and all, the lowest number first. */
  listRejected(query: RejectionQuery): Promise<readonly KeptRejection[]>
  /** Deletes some of them; what was counted stays counted. Resolves only when that is durable. */
  dropRejected(ids: readonly number[]): Promise<void>
}

/** How long things are kept, in milliseconds. */
export interface StoreRetention {
  /** Raw events, by their own time; never less than `MIN_EVENT_RETENTION`. */
  readonly events: number
  /** Profiles with all their events, since the visitor's newest event. */
  readonly profiles: number
}

/** What a sweep deleted. */
export interface SweepResult {
  readonly events: number
  readonly profiles: number
}

const DAY = 86_400_000

/**
 * Raw events are kept at least this long, in milliseconds: an id is remembered for 7 days after it was accepted, and an
 * event may be 3 days old when it is.
 */
export const MIN_EVENT_RETENTION: number = 10 * DAY
/** The newest refused events that are kept with their content. */
export const KEPT_REJECTIONS = 10_000
/** The longest content of a refused event that is kept, in characters. */
export const MAX_REJECTED_TEXT = 4_096
