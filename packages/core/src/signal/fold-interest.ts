import { compareText } from '../result/compare-text.ts'
import { own } from '../result/json.ts'
import { decayedStrength, MAX_BUCKET, WEIGHTS } from './decay.ts'
import { addToBucket, dropOld } from './fold-counts.ts'
import type { FoldedEvent } from './folded-event.ts'
import type { InterestSignal, InterestState } from './signal.ts'

/** The most values of a family; past it the weakest is dropped. */
export const MAX_INTERESTS = 64

type Entry = InterestState['values'][number]

/** Adds an event's points to the value it names; only text is a value. */
export function foldInterest(
  signal: InterestSignal,
  state: InterestState,
  event: FoldedEvent,
): InterestState {
  const value = own(event.properties, signal.of)
  const points = own(signal.points, event.name)
  if (typeof value !== 'string' || points === undefined) return state
  const index = Math.floor(event.seconds / signal.bucket)
  const known = state.values
  const before = known.find(([kept]) => kept === value)?.[1] ?? []
  const entry: Entry = [value, addToBucket(before, index, points, MAX_BUCKET)]
  const values = [...known.filter(([kept]) => kept !== value), entry].sort((a, b) => compareText(a[0], b[0]))
  const newest = Math.max(...values.map(([, buckets]) => buckets.at(-1)?.[0] ?? 0))
  return { ...state, values: dropWeakest(dropFaded(values, newest), newest) }
}

function dropFaded(values: readonly Entry[], newest: number): readonly Entry[] {
  return values
    .map(([value, buckets]): Entry => [value, dropOld(buckets, WEIGHTS.length, newest)])
    .filter(([, buckets]) => buckets.length > 0)
}

function dropWeakest(values: readonly Entry[], at: number): readonly Entry[] {
  if (values.length <= MAX_INTERESTS) return values
  // Values ascend, so of equal strengths the larger code point goes.
  const weakest = values.reduce((a, b) => (decayedStrength(b[1], at) <= decayedStrength(a[1], at) ? b : a))
  return values.filter((entry) => entry !== weakest)
}
