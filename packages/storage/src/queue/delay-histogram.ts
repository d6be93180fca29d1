/** How long things took: counts in buckets whose borders grow by 8 %, so a quantile is at most so much too high. */
export interface DelayHistogram {
  /** Adds `times` delays of so many milliseconds. */
  add(milliseconds: number, times?: number): void
  /** The delay that this share (0 to 1) of all did not exceed, milliseconds; 0 when there are none. */
  quantile(share: number): number
  readonly count: number
  /** Milliseconds. */
  readonly sum: number
  /** The longest, milliseconds. */
  readonly longest: number
  /** Buckets that hold something, by their upper borders in milliseconds. */
  buckets(): readonly { readonly upTo: number; readonly count: number }[]
}

// 2^(1/9) is 1.08; the first bucket ends at 1 ms and the last at 2^30, twelve days.
const STEPS = 9
const LAST = 30 * STEPS

export function createDelayHistogram(): DelayHistogram {
  const counts = new Array<number>(LAST + 1).fill(0)
  let [count, sum, longest] = [0, 0, 0]
  const border = (bucket: number): number => 2 ** (bucket / STEPS)
  return {
    add: (milliseconds, times = 1) => {
      // Clocks of two machines differ.
      const delay = Math.max(0, milliseconds)
      const bucket = delay <= 1 ? 0 : Math.min(LAST, Math.ceil(Math.log2(delay) * STEPS))
      counts[bucket] = counts[bucket]! + times
      count += times
      sum += delay * times
      longest = Math.max(longest, delay)
    },
    quantile: (share) => {
      let left = share * count
      for (const [bucket, number] of counts.entries()) {
        left -= number
        if (number > 0 && left <= 0) return Math.min(border(bucket), longest)
      }
      return 0
    },
    get count() {
      return count
    },
    get sum() {
      return sum
    },
    get longest() {
      return longest
    },
    buckets: () =>
      counts.flatMap((number, bucket) => (number === 0 ? [] : [{ upTo: border(bucket), count: number }])),
  }
}
