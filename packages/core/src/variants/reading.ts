import type { Condition } from '../condition/condition.ts'
import { endsOf, type Range } from '../condition/prepared-test.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'

/**
 * One condition as a test of one thing (an axis): "at least 3" and "less than 3" of the same count read the same axis,
 * so they are never both true. `points` are values of that thing such that every value there can be answers all tests
 * of the axis as one of its points does.
 */
export interface Reading {
  /** What is read: equal for conditions that read the same thing. */
  readonly axis: string
  readonly points: readonly unknown[]
  readonly test: (point: unknown) => Truth
  /** There may be no value although the purposes are granted; a test then gets `undefined`. */
  readonly mayMiss: boolean
  /** Purposes, as bits, without which it is unknown. */
  readonly needs: number
  /** The condition it stands for, when it stands for a whole one. */
  readonly condition?: Condition
  /** Letters of either case are the same to the test. */
  readonly folds?: true
}

/** Reads whole numbers: a range of them, none below `least` nor above `most`. */
export function rangeReading(
  axis: string,
  range: Range,
  more: {
    readonly needs: number
    readonly mayMiss?: boolean
    readonly least?: number
    readonly most?: number
    readonly condition?: Condition
  },
): Reading {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, mayMiss = false } = more
  const [from, to] = endsOf(range)
  const points = [from - 1, from, to, to + 1].filter(
    (point) => Number.isFinite(point) && point >= least && point <= most,
  )
  return {
    axis,
    // A range without a bound inside the limits still needs one value to be tested at.
    points: points.length > 0 ? points : [Number.isFinite(least) ? least : 0],
    test: (point) => {
      if (typeof point !== 'number') return UNKNOWN
      return point >= from && point <= to ? TRUE : FALSE
    },
    mayMiss,
    needs: more.needs,
    ...(more.condition === undefined ? {} : { condition: more.condition }),
  }
}

/** Reads something that is so or not. */
export function flagReading(
  axis: string,
  more: { readonly needs: number; readonly mayMiss: boolean; readonly condition?: Condition },
): Reading {
  return {
    axis,
    points: [false, true],
    test: (point) => (point === undefined ? UNKNOWN : point === true ? TRUE : FALSE),
    ...more,
  }
}
