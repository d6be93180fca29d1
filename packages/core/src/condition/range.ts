import { boundsOf, type Comparison, comparatorOf } from './comparison.ts'
import type { Range } from './prepared-test.ts'

/** The range of no number. What lies past the last number is one: 2^53 is no number that the language reads. */
export const NOTHING: Range = [Number.MAX_SAFE_INTEGER, -1]

/** The range of a comparison of whole numbers, its bounds turned into their unit by `toWhole`. */
export function wholeRange<T>(comparison: Comparison<T>, toWhole: (bound: T) => number): Range {
  return rangeOf(
    comparison,
    toWhole,
    (bound) => bound + 1,
    (bound) => bound - 1,
  )
}

/** The range of a comparison of numbers of any kind: past a bound is the next number that a double can hold. */
export function numberRange(comparison: Comparison<number>): Range {
  return rangeOf(comparison, Number, nextUp, (bound) => -nextUp(-bound))
}

function rangeOf<T>(
  comparison: Comparison<T>,
  toNumber: (bound: T) => number,
  above: (bound: number) => number,
  below: (bound: number) => number,
): Range {
  const [bound = 0, upper = bound] = boundsOf(comparison, toNumber)
  switch (comparatorOf(comparison)) {
    case 'atLeast':
      return [bound, null]
    case 'atMost':
      return [null, bound]
    case 'moreThan':
      return bound >= Number.MAX_SAFE_INTEGER ? NOTHING : [above(bound), null]
    case 'lessThan':
      return bound <= -Number.MAX_SAFE_INTEGER ? NOTHING : [null, below(bound)]
    case 'exactly':
    case 'between':
      return [bound, upper]
    default:
      throw new Error('[core] rangeOf: no comparator. Check the ruleset first.')
  }
}

// The bits of neighbouring doubles are neighbouring whole numbers.
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n))
  return view.getFloat64(0)
}
