import type { Formula } from './formula.ts'
import { axesOf } from './formula.ts'
import { axesOfRelation, type Relation } from './relation.ts'
import type { Domains, Solver } from './solve.ts'

/** A placement and what must hold for each of its variants. */
export interface Choice {
  readonly placement: string
  readonly shows: ReadonlyMap<string, Formula>
}

/** Variants of some placements that can stand side by side, and an example of a visitor who sees them. */
export interface Found {
  readonly variants: { readonly [placement: string]: string }
  readonly domains: Domains
  readonly isProven: boolean
}

/** What was found; `isComplete` is false when the search was cut. */
export interface Listing {
  readonly found: readonly Found[]
  readonly isComplete: boolean
}

/** Cuts placements into those that depend on each other, directly or by what ties their axes. */
export function splitChoices(
  choices: readonly Choice[],
  relations: readonly Relation[],
): readonly (readonly Choice[])[] {
  const leaders = new Map<number, number>()
  const leaderOf = (axis: number): number => {
    const next = leaders.get(axis) ?? axis
    return next === axis ? axis : leaderOf(next)
  }
  const join = (axes: Iterable<number>): void => {
    const [first, ...rest] = axes
    if (first === undefined) return
    for (const axis of rest) leaders.set(leaderOf(axis), leaderOf(first))
  }
  const asked = choices.map(({ shows }) => axesOf(shows.values()))
  for (const relation of relations) join(axesOfRelation(relation))
  for (const axes of asked) join(axes)
  const parts = new Map<number | string, Choice[]>()
  choices.forEach((choice, at) => {
    const [axis] = asked[at]!
    const part = axis === undefined ? choice.placement : leaderOf(axis)
    parts.set(part, [...(parts.get(part) ?? []), choice])
  })
  return [...parts.values()]
}

/** Lists the combinations that can occur, at most `limit` of them, placement after placement. */
export function listCombinations(
  { start, solve }: Solver,
  choices: readonly Choice[],
  limit: number,
): Listing {
  const found: Found[] = []
  let isComplete = true

  function extend(at: number, required: readonly Formula[], so: Found): void {
    const choice = choices[at]
    if (choice === undefined) {
      if (found.length < limit) found.push(so)
      else isComplete = false
      return
    }
    for (const [variant, formula] of choice.shows) {
      if (!isComplete) return
      const next = [...required, formula]
      // Mostly the example can be carried on; else there may be another.
      const further = so.isProven ? solve([formula], so.domains) : undefined
      const solution = further?.isPossible ? further : solve(next)
      if (!solution.isPossible) continue
      const variants = { ...so.variants, [choice.placement]: variant }
      extend(at + 1, next, { variants, domains: solution.domains, isProven: solution.isProven })
    }
  }

  extend(0, [], { variants: {}, domains: start, isProven: true })
  return { found, isComplete }
}
