import type { Range } from '../prepared-test.ts'

/** Whole numbers as spans, both ends included, ascending and apart from each other; the outermost ends may be infinite. */
export type NumberSet = readonly (readonly [least: number, greatest: number])[]

/** Nothing passes. */
export const NONE: NumberSet = []
/** True or false as 1 or 0. */
export const YES: NumberSet = [[1, 1]]
export const NO: NumberSet = [[0, 0]]
export const EITHER: NumberSet = [[0, 1]]

/** The numbers of a range. */
export function setOf([least, greatest]: Range): NumberSet {
  return span(least ?? Number.NEGATIVE_INFINITY, greatest ?? Number.POSITIVE_INFINITY)
}

/** All numbers from one to another; none when they are the wrong way round. */
export function span(least: number, greatest: number): NumberSet {
  return least > greatest ? NONE : [[least, greatest]]
}

/** The numbers from `least` on. */
export function from(least: number): NumberSet {
  return span(least, Number.POSITIVE_INFINITY)
}

/** What is in both. */
export function intersect(a: NumberSet, b: NumberSet): NumberSet {
  const both: (readonly [number, number])[] = []
  for (const [least, greatest] of a) {
    for (const [from, to] of b) {
      const [low, high] = [Math.max(least, from), Math.min(greatest, to)]
      if (low <= high) both.push([low, high])
    }
  }
  return both
}

/** What is in `domain` and not in `set`. */
export function without(domain: NumberSet, set: NumberSet): NumberSet {
  let from = Number.NEGATIVE_INFINITY
  const gaps: (readonly [number, number])[] = []
  for (const [least, greatest] of set) {
    if (least > from) gaps.push([from, least - 1])
    from = greatest + 1
  }
  if (from < Number.POSITIVE_INFINITY) gaps.push([from, Number.POSITIVE_INFINITY])
  return intersect(domain, gaps)
}

/** The least number of a set that is not empty. */
export function leastOf(set: NumberSet): number {
  return set[0]?.[0] ?? Number.POSITIVE_INFINITY
}

/** The greatest number of a set that is not empty. */
export function greatestOf(set: NumberSet): number {
  return set.at(-1)?.[1] ?? Number.NEGATIVE_INFINITY
}
