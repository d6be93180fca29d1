import type { Profile, SignalPlan } from '@attune/core'

/** A store that makes one visitor of two who turn out to be one person. */
export interface VisitorMerging {
  /**
   * Moves everything that is kept of the visitor `from` to `into`, whose profile is then folded from the events of both: at once and for good. From
   * the first moment on whatever is appended for `from` is refused with a `VisitorMovedError` that names `into` and `at`, and `load` knows nobody there.
   * Resolves when that is durable; what was broken off half way is finished by asking again, by the next merge into `into`, or by a sweep. Asked again
   * it changes nothing.
   *
   * `at`: when, milliseconds. Of an erased `from` nothing is moved. Rejects with a `VisitorErasedError` when `into` was erased (then `from` stays as it
   * was; if `into` was erased in between, what was `from`'s is deleted), with a `VisitorMovedError` when `from` was moved to somebody else before or
   * `into` to somebody else twice or, at any time, to `from`, and with a TypeError when the two are one.
   */
  mergeVisitor(from: string, into: string, plan: SignalPlan, at: number): Promise<MergeResult>
  /** The visitors that were merged into this one, for as long as their markers are kept: whoever erases it erases what waits for them. */
  absorbedBy(into: string): Promise<readonly string[]>
}

/** What came of merging two visitors. Holds nothing of `from` but its count. */
export interface MergeResult {
  /** Whether anything was moved now: `false` when it was before, or nobody had heard of `from`. */
  readonly isMerged: boolean
  /** Events that came to `into` with this merge; those that `into` had heard as well are not counted. */
  readonly events: number
  /** The profile of `into` afterwards, for `plan`; `null` when nobody has heard of either. */
  readonly profile: Profile | null
}
