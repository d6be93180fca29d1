import { murmur3 } from '../visitor/murmur3.ts'

/** A share is cut into this many buckets: the finest share a person sets is 0.01 %. */
export const BUCKETS = 10_000

/** The bucket, 0 to 9,999, in which a visitor falls on the axis of `key`. */
export function bucketOf(visitor: string, key: string): number {
  // A product below 2^46: exact, in PHP's integers as in doubles.
  return Math.floor((murmur3(`${visitor}:${key}`) * BUCKETS) / 4_294_967_296)
}

/** A share as whole buckets. */
export function shareBuckets(share: number): number {
  return Math.round(share * BUCKETS)
}
