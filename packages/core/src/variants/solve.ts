import { type Cells, type Formula, oppositeOf } from './formula.ts'
import { applyRelation, axesOfRelation, narrow, type Relation } from './relation.ts'

/** How much may still be looked at; every look takes one. */
export interface Work {
  left: number
}

/** The cells each axis may lie in. */
export type Domains = readonly Cells[]

/** `domains` is an example; `isProven` is false when the work ran out before an answer. */
export type Solution =
  | { readonly isPossible: false }
  | { readonly isPossible: true; readonly isProven: boolean; readonly domains: Domains }

/** Tells whether there can be a visitor for whom some formulas hold. */
export interface Solver {
  /** Where the axes may lie before anything is asked. */
  readonly start: Domains
  /** Looks from the start on, or from an example on, for which more is to hold. */
  readonly solve: (required: readonly Formula[], from?: Domains) => Solution
}

const IMPOSSIBLE: Solution = { isPossible: false }

/**
 * Makes a solver over axes that are tied by relations. It splits on what is open and narrows the axes as it goes; when
 * the work runs out it answers "possible", so that nothing that can occur is ever left out.
 */
export function createSolver(relations: readonly Relation[], domains: Domains, work: Work): Solver {
  const byAxis = new Map<number, Relation[]>()
  for (const relation of relations) {
    for (const axis of axesOfRelation(relation)) {
      const same = byAxis.get(axis)
      if (same === undefined) byAxis.set(axis, [relation])
      else same.push(relation)
    }
  }
  const tied = [...byAxis.keys()]
  const start = [...domains]
  const isEmpty = relations.some((relation) => applyRelation(relation, start) === undefined)

  function search(required: readonly Formula[], before: Domains): Solution {
    if (work.left < 0) return { isPossible: true, isProven: false, domains: before }
    const domains = [...before]
    const open = settle(required, domains)
    if (open === undefined) return IMPOSSIBLE
    if (work.left < 0) return { isPossible: true, isProven: false, domains }
    const chosen = smallest(open)
    if (chosen === undefined) return verify(domains)
    const [first, ...others] = chosen.of as readonly [Formula, ...Formula[]]
    const rest = open.filter((formula) => formula !== chosen)
    const taken = search([first, { least: chosen.least - 1, of: others }, ...rest], domains)
    if (taken.isPossible) return taken
    return search([oppositeOf(first), { least: chosen.least, of: others }, ...rest], domains)
  }

  // Narrows the axes by everything that must hold; answers what is still open, or `undefined` when something cannot.
  function settle(required: readonly Formula[], domains: Cells[]): readonly Group[] | undefined {
    let waiting: readonly Formula[] = required
    for (;;) {
      const stack = [...waiting]
      const open: Group[] = []
      let hasMoved = false
      for (let formula = stack.pop(); formula !== undefined; formula = stack.pop()) {
        if ('axis' in formula) {
          const moved = enter(domains, formula.axis, formula.cells)
          if (moved === undefined) return undefined
          hasMoved ||= moved
          continue
        }
        const left = simplify(formula, domains, work)
        if (left === undefined) return undefined
        if (left.least <= 0) continue
        if (left.least === left.of.length) stack.push(...left.of)
        else open.push(left)
      }
      if (!hasMoved || open.length === 0 || work.left < 0) return open
      waiting = open
    }
  }

  function enter(domains: Cells[], axis: number, cells: Cells): boolean | undefined {
    const changed = narrow(domains, axis, cells)
    if (changed === undefined) return undefined
    const queue = [...changed]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const relation of byAxis.get(next) ?? []) {
        work.left--
        const smaller = applyRelation(relation, domains)
        if (smaller === undefined) return undefined
        queue.push(...smaller)
      }
    }
    return changed.length > 0
  }

  // Nothing is open, but the axes that are tied and were narrowed must also fit together.
  function verify(domains: Domains): Solution {
    const narrowed = tied.filter((axis) => domains[axis] !== start[axis] && !isSingle(domains[axis]!))
    const fits = narrowed.length === 0 || canFit(domains, narrowed)
    return fits ? { isPossible: true, isProven: work.left >= 0, domains } : IMPOSSIBLE
  }

  function canFit(domains: Domains, [axis, ...others]: readonly number[]): boolean {
    if (axis === undefined || work.left < 0) return true
    for (let left = domains[axis]!; left !== 0n; left &= left - 1n) {
      const tried = [...domains]
      if (enter(tried, axis, lowest(left)) !== undefined && canFit(tried, others)) return true
    }
    return false
  }

  return {
    start,
    solve: (required, from = start) => (isEmpty ? IMPOSSIBLE : search(required, from)),
  }
}

type Group = Extract<Formula, { readonly of: readonly Formula[] }>

/** 1 when a formula holds in every cell the axes may lie in, -1 when in none, 0 when that is open. */
export function standing(formula: Formula, domains: Domains, work: Work): 1 | 0 | -1 {
  if (work.left-- < 0) return 0
  if ('axis' in formula) {
    const domain = domains[formula.axis]!
    if ((domain & formula.cells) === 0n) return -1
    return (domain & formula.others) === 0n ? 1 : 0
  }
  const left = simplify(formula, domains, work)
  if (left === undefined) return -1
  return left.least <= 0 ? 1 : 0
}

// The parts that are open and how many of them must hold; `undefined` when too few can.
function simplify({ least, of }: Group, domains: Domains, work: Work): Group | undefined {
  let missing = least
  const open: Formula[] = []
  let unasked = of.length
  for (const part of of) {
    if (missing <= 0) break
    if (open.length + unasked < missing) return undefined
    unasked--
    const stands = standing(part, domains, work)
    if (stands === 1) missing--
    else if (stands === 0) open.push(part)
  }
  return open.length < missing ? undefined : { least: missing, of: open }
}

function smallest(groups: readonly Group[]): Group | undefined {
  return groups.reduce<Group | undefined>(
    (best, group) => (best === undefined || group.of.length < best.of.length ? group : best),
    undefined,
  )
}

function isSingle(cells: Cells): boolean {
  return (cells & (cells - 1n)) === 0n
}

function lowest(cells: Cells): Cells {
  return cells & -cells
}
