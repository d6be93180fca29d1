import type { Asker } from './asking.ts'

/** Variants that can stand on one page together. */
export interface Combination {
  readonly variants: { readonly [placement: string]: string }
  /** Who may see it. */
  readonly visitors: readonly Asker[]
  /** The experience that decides each placement for the visitor of the example; `null` for a baseline. */
  readonly experiences: { readonly [placement: string]: string | null }
  /** One example of a visitor who sees it, in words. */
  readonly why: readonly string[]
  /** False when it could neither be shown to occur nor ruled out within the work allowed. */
  readonly isProven: boolean
}

/** Placements that depend on each other, and how many combinations they have among themselves. */
export interface Factor {
  readonly placements: readonly string[]
  readonly count: number
  /** What the variants of the placements multiply to. */
  readonly product: number
}

/** The placement that brings a route over its budget. */
export interface Breaking {
  readonly placement: string
  /** The combinations of the route without it. */
  readonly without: number
  /** The route is over its budget without it too; `without` is then a lower bound. */
  readonly isStillOver: boolean
}

/** The combinations of one route. */
export interface RoutePlan {
  readonly route: string
  /** Each placement with the variants that can occur, in the order of the route. */
  readonly placements: readonly { readonly key: string; readonly variants: readonly string[] }[]
  readonly combinations: readonly Combination[]
  /** How many can occur; at least so many when `isExact` is false. */
  readonly count: number
  /** What the variants of the placements multiply to. */
  readonly product: number
  readonly budget: number
  readonly isExact: boolean
  /** There are more than the budget allows. */
  readonly isOver: boolean
  /** False when the list is cut: at the budget, or at 10,000. */
  readonly isComplete: boolean
  /** The count of visitors with consent and an id is the product of these. */
  readonly factors: readonly Factor[]
  /** The placement without which the route has the fewest, when it is over its budget. */
  readonly breaks: Breaking | null
  /** The bound and where it comes from, in one line. */
  readonly proof: string
}
