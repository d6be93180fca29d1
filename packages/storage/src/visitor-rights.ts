import type { AttuneEvent, Profile } from '@attune/core'
import type { RejectedEvent } from './profile-store.ts'

/** A store that gives out all it has of a visitor, and lets go of it for ever. */
export interface VisitorRights {
  /** Everything that is kept of a visitor; `null` of one nobody has heard of, or who was erased. */
  exportVisitor(visitor: string): Promise<VisitorRecord | null>
  /**
   * Deletes everything that is kept of a visitor and leaves a tombstone: whatever is appended for this visitor later, by
   * whomever and however old, is refused with a `VisitorErasedError`. Resolves when that is durable. May be asked again at
   * any time, also after it was broken off; the first `at` (milliseconds) stays. A visitor nobody has heard of gets a
   * tombstone as well: events may be on their way. So do those who were merged into this one. Of one who was merged into somebody else only that
   * is deleted: whoever asks may be another person on the same computer.
   */
  erase(visitor: string, at: number, files?: FilesAnew): Promise<EraseResult>
}

/**
 * Which files an erasure writes anew, so that no byte is left in them: those that held this visitor, which is the default; none, because another erasure follows at once; or all,
 * for those before it too. A store that does not know of it may take each for the first.
 */
export type FilesAnew = 'own' | 'none' | 'all'

/** Everything that a store keeps of a visitor. */
export interface VisitorRecord {
  readonly visitor: string
  /** As it is kept, folded for the plan that it names; `null` when only refused events are kept. */
  readonly profile: Profile | null
  /** What the profile was before the events that may still be folded again; `null` while these are all. */
  readonly base: Profile | null
  /** In the order of their times. */
  readonly events: readonly AttuneEvent[]
  /** Refused events that name the visitor, the oldest first. */
  readonly rejected: readonly RejectedEvent[]
  /** How many other visitors were merged into this one; missing when none was. */
  readonly absorbed?: number
}

/** What an erasure deleted, and what is left to do. Holds nothing of the visitor. */
export interface EraseResult {
  /** When the visitor was erased first, milliseconds. */
  readonly at: number
  readonly profiles: number
  readonly events: number
  /** Refused events. */
  readonly rejected: number
  /** Events in queues and streams. */
  readonly queued: number
  /** Where the bytes may still lie, though nothing is read from there any more; empty when nowhere. */
  readonly leftovers: readonly Leftover[]
}

/**
 * Where deleted bytes may still lie: `pages`, the file of SQLite was too large or too busy to be written anew; `log`, the store's own log could not be written anew (erase again); `snapshot`, a
 * snapshot could not be written anew; `queue`, a queue lets go of them with what waits around them; `backups`, copies that
 * the service keeps by itself.
 */
export type Leftover = 'pages' | 'log' | 'snapshot' | 'queue' | 'backups'
