import { shareBuckets } from './bucket.ts'

/** A variant and the share of visitors, 0 to 1 with at most four decimals, who get it. */
export interface AllocationShare {
  readonly variant: string
  readonly share: number
}

/** Shares, cut one after another in list order; who falls behind the last one is left out. */
export type Allocation = readonly AllocationShare[]

/** The variant at a bucket of the axis, the allocation beginning at bucket `from`; `undefined` for a visitor left out. */
export function allocate(allocation: Allocation, bucket: number, from = 0): string | undefined {
  let end = from
  if (bucket < from) return undefined
  for (const { variant, share } of allocation) {
    end += shareBuckets(share)
    if (bucket < end) return variant
  }
  return undefined
}

/** How many buckets an allocation takes. */
export function allocatedBuckets(allocation: Allocation): number {
  return allocation.reduce((total, { share }) => total + shareBuckets(share), 0)
}

/** Tells whether everybody gets the same variant. */
export function isWhole(allocation: Allocation): boolean {
  return allocation.length === 1 && allocation[0]!.share === 1
}
