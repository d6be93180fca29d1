import type { Scalar } from '../condition/operator.ts'
import { compareText } from '../result/compare-text.ts'
import { own } from '../result/json.ts'
import type { FoldedEvent } from './folded-event.ts'
import type { DistinctSignal, DistinctState } from './signal.ts'

/** The most different values that are kept. */
export const MAX_DISTINCT = 32

/** Keeps the most recent different values; text, numbers and booleans count, and `"1"` differs from `1`. */
export function foldDistinct(
  signal: DistinctSignal,
  state: DistinctState,
  event: FoldedEvent,
): DistinctState {
  const value = own(event.properties, signal.of)
  if (!isScalar(value)) return state
  const known = state.values
  const before = known.find(([kept]) => kept === value)
  if (before !== undefined && before[1] >= event.seconds) return state
  const values = [...known.filter((entry) => entry !== before), [value, event.seconds] as const]
  return { ...state, values: values.sort(newestFirst).slice(0, MAX_DISTINCT) }
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER
  return typeof value === 'string' || typeof value === 'boolean'
}

type Entry = DistinctState['values'][number]

function newestFirst(a: Entry, b: Entry): number {
  return b[1] - a[1] || compareScalars(a[0], b[0])
}

// Any fixed order will do among values of one second, as long as every language has the same.
function compareScalars(a: Scalar | null, b: Scalar | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareText(typeof a, typeof b) || compareText(String(a), String(b))
}
