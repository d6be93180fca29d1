import type { Scalar } from '../condition/scalar.ts'
import { compareText } from '../result/compare-text.ts'
import { own } from '../result/json.ts'
import type { Fold, Mutable } from './fold.ts'
import type { DistinctSignal, DistinctState } from './signal.ts'

/** The most different values that are kept. */
export const MAX_DISTINCT = 32

/** A value and its last time. */
export type DistinctEntry = DistinctState['values'][number]

interface Work {
  readonly values: DistinctEntry[]
  readonly since: number | undefined
}

/** Keeps the most recent different values; text, numbers and booleans count, and `"1"` differs from `1`. */
export function foldDistinct({ of }: DistinctSignal): Fold<DistinctState, Work> {
  return {
    open: ({ values, since }) => ({ values: [...values], since }),
    add: ({ values }, event) => {
      const value = own(event.properties, of)
      if (isScalar(value)) noteValue(values, [value, event.seconds])
    },
    close: ({ values, since }) => {
      const state: Mutable<DistinctState> = { values }
      if (since !== undefined) state.since = since
      return state
    },
  }
}

/** Notes a value's time in place, the newest of its times staying. */
export function noteValue(values: DistinctEntry[], entry: DistinctEntry): void {
  const known = placeOf(values, entry[0])
  if (known >= 0) {
    if (values[known]![1] >= entry[1]) return
    values.splice(known, 1)
  }
  let at = 0
  while (at < values.length && newestFirst(values[at]!, entry) < 0) at++
  if (at >= MAX_DISTINCT) return
  if (values.length === MAX_DISTINCT) values.pop()
  if (at === 0) values.unshift(entry)
  else values.splice(at, 0, entry)
}

function placeOf(values: readonly DistinctEntry[], value: Scalar | null): number {
  for (let at = 0; at < values.length; at++) if (values[at]![0] === value) return at
  return -1
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER
  return typeof value === 'string' || typeof value === 'boolean'
}

function newestFirst(a: DistinctEntry, b: DistinctEntry): number {
  return b[1] - a[1] || compareScalars(a[0], b[0])
}

// Any fixed order will do among values of one second, as long as every language has the same.
function compareScalars(a: Scalar | null, b: Scalar | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareText(typeof a, typeof b) || compareText(String(a), String(b))
}
