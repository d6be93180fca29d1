import { boundsOf, type Comparator, type Comparison, comparatorOf } from '../condition/comparison.ts'

/** How the bounds of a comparison are said. */
export interface BoundWords<T> {
  /** A bound with its unit: "3 times". */
  readonly bound: (value: T) => string
  /** The lower end of a span, whose unit the upper one says; default as `bound`. */
  readonly lower?: (value: T, upper: T) => string
  /** "fewer than" what is counted, "less than" what is measured. */
  readonly less: 'fewer' | 'less'
  /** Before a bound that is not met exactly; default "not exactly". */
  readonly other?: string
}

/** A number as it is. */
export const PLAIN: BoundWords<number> = { bound: String, less: 'less' }
/** How often. */
export const TIMES: BoundWords<number> = {
  bound: (value) => (value === 1 ? 'once' : `${value} times`),
  lower: String,
  less: 'fewer',
  other: 'fewer or more than',
}

type Single = Exclude<Comparator, 'between'>

const OPPOSITES: { readonly [name in Single]: Single } = {
  atLeast: 'lessThan',
  atMost: 'moreThan',
  moreThan: 'atMost',
  lessThan: 'atLeast',
  exactly: 'exactly',
}

/** "at least 3", "between 2 and 5"; denied: "less than 3", "less than 2 or more than 5". */
export function compareWords<T>(comparison: Comparison<T>, isDenied: boolean, words: BoundWords<T>): string {
  const given = comparatorOf(comparison)
  if (given === undefined) throw new Error('[core] compareWords: no comparator. Check the ruleset first.')
  const { bound, lower = bound, less, other = 'not exactly' } = words
  if (given === 'between') {
    const [from, to] = comparison.between as readonly [T, T]
    return isDenied
      ? `${less} than ${lower(from, to)} or more than ${bound(to)}`
      : `between ${lower(from, to)} and ${bound(to)}`
  }
  const value = bound(comparison[given] as T)
  switch (isDenied ? OPPOSITES[given] : given) {
    case 'atLeast':
      return `at least ${value}`
    case 'atMost':
      return `at most ${value}`
    case 'moreThan':
      return `more than ${value}`
    case 'lessThan':
      return `${less} than ${value}`
    case 'exactly':
      return `${isDenied ? other : 'exactly'} ${value}`
  }
}

/** Tells whether a count that passes is nothing but 0, or, denied, whether one that fails is. */
export function isNone(comparison: Comparison<number>, isDenied: boolean): boolean {
  const [value = 0, upper = value] = boundsOf(comparison, Number)
  switch (comparatorOf(comparison)) {
    case 'atLeast':
      return isDenied && value === 1
    case 'moreThan':
      return isDenied && value === 0
    case 'lessThan':
      return !isDenied && value === 1
    default:
      return !isDenied && upper === 0
  }
}
