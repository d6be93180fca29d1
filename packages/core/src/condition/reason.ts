import { type Condition, childrenOf } from './condition.ts'
import type { Definitions } from './definitions.ts'
import type { SegmentConditions } from './needed-purposes.ts'
import { type Formula, opposite, type Said } from './reason/formula.ts'
import { leafTruth } from './reason/leaf-truth.ts'
import { type Effort, mayHold } from './reason/search.ts'
import type { TruthOf } from './reason/truth-of.ts'

/** What reasoning knows around conditions: the definitions and segments of a checked ruleset. */
export type Known = Partial<Definitions> & { readonly segments?: SegmentConditions }

/** A condition and what may be said of its truth. */
export interface Statement {
  readonly condition: Condition
  readonly is: Said
}

/** So many steps are taken for one answer; past them everything may be. */
const EFFORT = 3_000
/** Steps for asking at all: conditions are made into formulas. */
const ASKING = 4

/**
 * Tells whether there may be a visitor and an instant for whom all statements hold. In doubt there may.
 * @param pool steps for several answers together
 */
export function mayAllBe(statements: readonly Statement[], known: Known, pool?: Effort): boolean {
  const formulas = formulasOf(known)
  if (pool !== undefined && pool.left <= 0) return true
  const most = Math.min(EFFORT, pool?.left ?? EFFORT)
  const effort: Effort = { left: most }
  const answer = mayHold(
    statements.map(({ condition, is }) => formulas.of(condition, is)),
    effort,
  )
  if (pool !== undefined) pool.left -= ASKING + most - effort.left
  return answer
}

/** Tells whether `b` is true whenever `a` is true; in doubt not. */
export function implies(a: Condition, b: Condition, known: Known): boolean {
  const statements: readonly Statement[] = [
    { condition: a, is: 'true' },
    { condition: b, is: 'not-true' },
  ]
  return !mayAllBe(statements, known)
}

/** Tells whether `a` and `b` are never both true; in doubt not. */
export function excludes(a: Condition, b: Condition, known: Known): boolean {
  const statements: readonly Statement[] = [
    { condition: a, is: 'true' },
    { condition: b, is: 'true' },
  ]
  return !mayAllBe(statements, known)
}

/** Tells whether a condition is never true, for nobody and at no time; in doubt not. */
export function isNever(condition: Condition, known: Known): boolean {
  return !mayAllBe([{ condition, is: 'true' }], known)
}

/** Tells whether a condition is true for everybody whose answer is known: never false; in doubt not. */
export function isAlways(condition: Condition, known: Known): boolean {
  return !mayAllBe([{ condition, is: 'false' }], known)
}

/** Tells whether a condition is true for everybody, never false and never unknown; in doubt not. */
export function isSure(condition: Condition, known: Known): boolean {
  return !mayAllBe([{ condition, is: 'not-true' }], known)
}

// Of one ruleset everything is translated once.
const remembered = new WeakMap<Known, Formulas>()

function formulasOf(known: Known): Formulas {
  const formulas = remembered.get(known) ?? new Formulas(known)
  remembered.set(known, formulas)
  return formulas
}

class Formulas {
  readonly #known: Definitions
  readonly #segments: SegmentConditions
  readonly #leaves = new WeakMap<Condition, TruthOf>()
  readonly #made = new WeakMap<Condition, Map<Said, Formula>>()

  constructor({ segments = {}, ...known }: Known) {
    this.#segments = segments
    this.#known = {
      events: known.events ?? {},
      traits: known.traits ?? {},
      interests: known.interests ?? {},
      scores: known.scores ?? {},
      funnels: known.funnels ?? {},
      rfm: known.rfm ?? {},
      timezone: known.timezone ?? 'UTC',
    }
  }

  /** What it comes down to that a condition is so. */
  of(condition: Condition, is: Said): Formula {
    const made = this.#made.get(condition) ?? new Map<Said, Formula>()
    this.#made.set(condition, made)
    const formula = made.get(is) ?? this.#make(condition, is)
    made.set(is, formula)
    return formula
  }

  #make(condition: Condition, is: Said): Formula {
    if ('segment' in condition) return this.of(this.#segments[condition.segment]!.when, is)
    if ('not' in condition) return this.of(condition.not, TURNED[is])
    const children = childrenOf(condition)
    // "All of none" is so; everything else without children is looked at itself.
    if (children.length === 0 && !('all' in condition)) return this.#makeLeaf(condition, is)
    const of = children.map((child) => this.of(child, is))
    const needed =
      'all' in condition ? of.length : 'any' in condition ? 1 : (condition as { atLeast: number }).atLeast
    const least = is === 'true' || is === 'not-false' ? needed : of.length - needed + 1
    if (least === of.length) return { all: of }
    return least === 1 ? { any: of } : { least, of }
  }

  #makeLeaf(condition: Condition, is: Said): Formula {
    const truth = this.#leaves.get(condition) ?? leafTruth(condition, this.#known)
    this.#leaves.set(condition, truth)
    if (is === 'true' || is === 'false') return truth[is]
    return opposite(is === 'not-true' ? truth.true : truth.false)
  }
}

const TURNED: { readonly [S in Said]: Said } = {
  true: 'false',
  false: 'true',
  'not-true': 'not-false',
  'not-false': 'not-true',
}
