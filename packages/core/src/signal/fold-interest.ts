import { compareText } from '../result/compare-text.ts'
import { own } from '../result/json.ts'
import { addToBucket, dropOld } from './buckets.ts'
import { decayedStrength, POINTS, WEIGHTS } from './decay.ts'
import type { Fold, Mutable } from './fold.ts'
import type { Bucket, InterestSignal, InterestState } from './signal.ts'

/** The most values of a family; past it the weakest is dropped. */
export const MAX_INTERESTS = 64

/** A value and its buckets. */
export type InterestEntry = InterestState['values'][number]

interface Work {
  /** Ascending by value. */
  values: InterestEntry[]
  /** Index of the newest bucket of all. */
  newest: number
  readonly since: number | undefined
}

/** Adds an event's points to the value it names; only text is a value. */
export function foldInterest(signal: InterestSignal): Fold<InterestState, Work> {
  const { of, bucket } = signal
  const points = new Map(Object.entries(signal.points))
  return {
    open: ({ values, since }) => ({ values: [...values], newest: newestOf(values), since }),
    add: (work, event) => {
      const value = own(event.properties, of)
      const amount = points.get(event.name)
      if (typeof value === 'string' && amount !== undefined)
        addPoints(work, value, Math.floor(event.seconds / bucket), amount)
    },
    close: ({ values, since }) => {
      const state: Mutable<InterestState> = { values }
      if (since !== undefined) state.since = since
      return state
    },
  }
}

/** Drops what no later `now` can see, then the weakest until there are no more values than are kept. */
export function limitInterests(values: readonly InterestEntry[]): InterestEntry[] {
  let left = withoutFaded(values, newestOf(values))
  while (left.length > MAX_INTERESTS) left = withoutWeakest(left, newestOf(left))
  return left
}

function addPoints(work: Work, value: string, index: number, amount: number): void {
  // So old that nobody will see them.
  if (index <= work.newest - WEIGHTS.length) return
  const place = placeFor(work.values, value)
  const isKnown = work.values[place]?.[0] === value
  const buckets = isKnown ? [...work.values[place]![1]] : []
  addToBucket(buckets, index, amount, POINTS)
  work.values.splice(place, isKnown ? 1 : 0, [value, buckets])
  if (index > work.newest) {
    work.newest = index
    work.values = withoutFaded(work.values, index)
  }
  if (work.values.length <= MAX_INTERESTS) return
  work.values = withoutWeakest(work.values, work.newest)
  work.newest = newestOf(work.values)
}

// Where the value stands, or would.
function placeFor(values: readonly InterestEntry[], value: string): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareText(values[middle]![0], value) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function withoutFaded(values: readonly InterestEntry[], newest: number): InterestEntry[] {
  const oldest = newest - WEIGHTS.length
  const left: InterestEntry[] = []
  for (const entry of values) {
    const [value, buckets] = entry
    if (buckets[0]![0] > oldest) left.push(entry)
    else if (buckets.at(-1)![0] > oldest) left.push([value, visible(buckets, oldest)])
  }
  return left
}

function visible(buckets: readonly Bucket[], oldest: number): readonly Bucket[] {
  const left = [...buckets]
  dropOld(left, oldest)
  return left
}

function withoutWeakest(values: readonly InterestEntry[], newest: number): InterestEntry[] {
  const strengths = values.map(([, buckets]) => decayedStrength(buckets, newest))
  // Values ascend, so of equal strengths the larger code point goes.
  return values.toSpliced(strengths.lastIndexOf(Math.min(...strengths)), 1)
}

function newestOf(values: readonly InterestEntry[]): number {
  let newest = Number.NEGATIVE_INFINITY
  for (const [, buckets] of values) newest = Math.max(newest, buckets.at(-1)![0])
  return newest
}
