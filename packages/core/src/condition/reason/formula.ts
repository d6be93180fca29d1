import type { PreparedTest, ValueMatcher } from '../prepared-test.ts'
import { intersect, type NumberSet, without } from './number-set.ts'

/**
 * A whole number of a visitor's world: how often something happened, whether a purpose is granted (1 or 0), the hour
 * of the week. Conditions that look at the same thing share its key.
 */
export interface Quantity {
  readonly key: string
  /** What it can be at all. */
  readonly domain: NumberSet
  /** Ranks of one ranking are different numbers. */
  readonly ranking?: string
  /** Quantities of one family may be ordered among themselves. */
  readonly family?: string
  /** Tells whether this quantity can never be greater than another of its family. */
  readonly isWithin?: (other: Quantity) => boolean
}

/** What a test may have said of a value: it is true, false, or the one of the two that it is not. */
export type Said = 'true' | 'false' | 'not-true' | 'not-false'

/** A value, such as a trait, stands to a test in this way. */
export interface ValueFact {
  /** Which value: facts on one key speak of the same. */
  readonly value: string
  readonly test: PreparedTest
  /** The test as one text. */
  readonly key: string
  readonly matches: ValueMatcher
  readonly said: Said
}

/** A quantity is among these numbers. */
export interface NumberFact {
  readonly quantity: Quantity
  readonly among: NumberSet
}

/** Something that is so or is not; nothing here is unknown. */
export type Formula =
  | NumberFact
  | ValueFact
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly least: number; readonly of: readonly Formula[] }

/** Always so. */
export const SURE: Formula = { all: [] }
/** Never so. */
export const IMPOSSIBLE: Formula = { any: [] }

const OPPOSITE: { readonly [S in Said]: Said } = {
  true: 'not-true',
  false: 'not-false',
  'not-true': 'true',
  'not-false': 'false',
}

/** Says that a quantity is among some numbers. */
export function fact(quantity: Quantity, among: NumberSet): Formula {
  const possible = intersect(quantity.domain, among)
  if (possible.length === 0) return IMPOSSIBLE
  return without(quantity.domain, possible).length === 0 ? SURE : { quantity, among: possible }
}

/** All of these. */
export function both(...formulas: readonly Formula[]): Formula {
  return { all: formulas }
}

/** Some of these. */
export function either(...formulas: readonly Formula[]): Formula {
  return { any: formulas }
}

/** The opposite. */
export function opposite(formula: Formula): Formula {
  if ('quantity' in formula) return fact(formula.quantity, without(formula.quantity.domain, formula.among))
  if ('value' in formula) return { ...formula, said: OPPOSITE[formula.said] }
  if ('all' in formula) return { any: formula.all.map(opposite) }
  if ('any' in formula) return { all: formula.any.map(opposite) }
  return { least: formula.of.length - formula.least + 1, of: formula.of.map(opposite) }
}
