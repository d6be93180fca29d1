/** Buckets of time, each as long as the others; of the oldest nothing is left. */
export interface Buckets<Bucket> {
  /** The bucket that a time falls into, milliseconds since 1970; an empty one when nothing did yet. */
  at(now: number): Bucket
  /** As many buckets as are kept, the oldest first, the one of `now` last; `undefined` where nothing came. */
  last(now: number): readonly (Bucket | undefined)[]
}

/** Creates buckets: `kept` of them, each `length` milliseconds. Asking or adding costs the same however much came. */
export function createBuckets<Bucket>(length: number, kept: number, create: () => Bucket): Buckets<Bucket> {
  const buckets: { number: number; bucket: Bucket }[] = []
  return {
    at: (now) => {
      const number = Math.floor(now / length)
      const found = buckets[number % kept]
      if (found?.number === number) return found.bucket
      const bucket = create()
      buckets[number % kept] = { number, bucket }
      return bucket
    },
    last: (now) => {
      const newest = Math.floor(now / length)
      return Array.from({ length: kept }, (_, at) => {
        const number = newest - kept + 1 + at
        const found = buckets[number % kept]
        return found?.number === number ? found.bucket : undefined
      })
    },
  }
}
