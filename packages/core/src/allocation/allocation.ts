import type { Share } from '../condition/quantity.ts'
import type { Key } from '../result/key.ts'
import { shareBuckets } from './bucket.ts'

/** A variant and the share of visitors, 0 to 1 with at most four decimals, who get it. */
export interface AllocationShare {
  /** One of the placement's variants. */
  readonly variant: Key
  readonly share: Share
}

/**
 * Shares, cut one after another in list order; who falls behind the last one is left out.
 * @minItems 1
 */
export type Allocation = readonly AllocationShare[]

/** A variant and the bucket before which its share ends. */
export type Cut = readonly [variant: string, end: number]

/** Cuts shares one after another in list order, beginning at bucket `start` of the axis. */
export function cutAllocation(allocation: Allocation, start = 0): readonly Cut[] {
  let end = start
  return allocation.map(({ variant, share }) => {
    end += shareBuckets(share)
    return [variant, end]
  })
}

/** The place of the cut in which a bucket lies, the first beginning at `start`; −1 for a visitor left out. */
export function cutAt(cuts: readonly Cut[], start: number, bucket: number): number {
  return bucket < start ? -1 : cuts.findIndex(([, end]) => bucket < end)
}

/** Tells whether everybody gets the same variant. */
export function isWhole(allocation: Allocation): boolean {
  return allocation.length === 1 && allocation[0]!.share === 1
}
