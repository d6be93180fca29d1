import type { Bucket } from './signal.ts'

/** How amounts gather in buckets. */
export interface Gathering {
  /** Buckets that lie so many or more behind the newest are dropped: no later `now` can see them. */
  readonly span: number
  /** Joins an amount to what a bucket holds, `undefined` being nothing. */
  readonly join: (held: number | undefined, amount: number) => number
}

/** Joins an amount to the bucket of an index, in place; the buckets ascend. */
export function addToBucket(
  buckets: Bucket[],
  index: number,
  amount: number,
  { span, join }: Gathering,
): void {
  let at = buckets.length
  while (at > 0 && buckets[at - 1]![0] > index) at--
  const known = at > 0 ? buckets[at - 1]! : undefined
  if (known !== undefined && known[0] === index) {
    buckets[at - 1] = [index, join(known[1], amount)]
    return
  }
  const added: Bucket = [index, join(undefined, amount)]
  if (at === buckets.length) buckets.push(added)
  else buckets.splice(at, 0, added)
  dropOld(buckets, buckets.at(-1)![0] - span)
}

/** Drops the buckets up to and with the index `oldest`, in place. */
export function dropOld(buckets: Bucket[], oldest: number): void {
  let count = 0
  while (count < buckets.length && buckets[count]![0] <= oldest) count++
  if (count > 0) buckets.splice(0, count)
}
