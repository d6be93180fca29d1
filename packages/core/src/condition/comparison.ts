/** Exactly one of these members compares a number or a time passed. */
export interface Comparison<T> {
  /** This much or more. */
  readonly atLeast?: T
  /** This much or less. */
  readonly atMost?: T
  /** More than this. */
  readonly moreThan?: T
  /** Less than this. */
  readonly lessThan?: T
  /** Exactly this. */
  readonly exactly?: T
  /** From the first to the second, both included. */
  readonly between?: readonly [T, T]
}

/** The names of the comparators. */
export const COMPARATORS = ['atLeast', 'atMost', 'moreThan', 'lessThan', 'exactly', 'between'] as const

/** One comparator's name. */
export type Comparator = (typeof COMPARATORS)[number]

/** The comparator that a shape carries, the first in the order of `COMPARATORS`. */
export function comparatorOf(shape: object): Comparator | undefined {
  return COMPARATORS.find((name) => Object.hasOwn(shape, name))
}

/** The bounds of a comparison as numbers: one, or two for `between`. */
export function boundsOf<T>(comparison: Comparison<T>, toNumber: (bound: T) => number): readonly number[] {
  const name = comparatorOf(comparison)
  if (name === undefined) return []
  const bound = comparison[name] as T | readonly [T, T]
  return Array.isArray(bound) ? bound.map(toNumber) : [toNumber(bound as T)]
}
