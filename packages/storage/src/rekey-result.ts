import type { VisitorKeys } from './rights/visitor-keys.ts'
import type { Leftover } from './visitor-rights.ts'

/** How visitors are moved to the key of the newest secret. */
export interface RekeySettings {
  /** Under the first key of these visitors stand afterwards. */
  readonly keys: Pick<VisitorKeys, 'of' | 'names'>
  /** Milliseconds since 1970. */
  readonly now: number
  /** Hears how many were moved so far, after each step. */
  readonly onStep?: ((moved: number) => void) | undefined
}

/** What became of the visitors of a store. */
export interface RekeyResult {
  /** Visitors, tombstones and markers that stood under ids as they are, and stand under the newest secret now. */
  readonly moved: number
  /** Visitors that stand under an older secret: whose id that was, only their own cookie says. */
  readonly older: number
  /** Where the old ids may still lie. */
  readonly leftovers: readonly Leftover[]
}

/** What became of the visitors of a Redis. */
export interface RedisRekeyResult extends RekeyResult {
  /** Visitors that stay where they are until they come back: they stand under both, and the plans that say how to make one of them are lost. */
  readonly waiting: number
  /** Visitors that stay where they are because others wrote them again and again, or merges in a circle hold them: asked again, they are tried again. */
  readonly failed: number
}
