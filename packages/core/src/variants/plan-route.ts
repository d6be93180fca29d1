import { own } from '../result/json.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import { askings } from './asking.ts'
import {
  combineAll,
  countCombinations,
  factorOf,
  type Listed,
  listParts,
  MOST_LISTED,
} from './count-combinations.ts'
import { findBreak } from './find-break.ts'
import { proofOf } from './proof.ts'
import { createRouteModel, type PlacementModel } from './route-model.ts'
import type { RoutePlan } from './route-plan.ts'
import type { Work } from './solve.ts'

/** A route may have so many combinations when its ruleset names no budget. */
export const DEFAULT_BUDGET = 64
// Some tenths of a second; past it what is not ruled out yet counts as possible.
const DEFAULT_WORK = 5_000_000

/** How a route is planned. */
export interface RoutePlanOptions {
  /** Default the ruleset's, else 64. */
  readonly budget?: number
  /** How many combinations are listed at most; default the budget. */
  readonly most?: number
  /** How much may be looked at, counted down; past it everything that is not ruled out counts as possible. */
  readonly work?: Work
}

/** Lists the combinations of variants that can occur on one route of a checked ruleset. Throws for an unknown route. */
export function planRoute(ruleset: Ruleset, route: string, options: RoutePlanOptions = {}): RoutePlan {
  const { budget = ruleset.budget ?? DEFAULT_BUDGET, work = { left: DEFAULT_WORK } } = options
  const keys = own(ruleset.routes ?? {}, route)
  if (keys === undefined)
    throw new Error(`[core] planRoute: there is no route ${JSON.stringify(route)}. Name one of the ruleset.`)
  const model = createRouteModel(ruleset, keys, work)
  const limit = Math.min(budget, MOST_LISTED) + 1
  const asked = askings(model, (ruleset.holdout?.share ?? 0) > 0)
  const listed = asked.map((asking) => listParts(model, asking, limit, work))
  const counted = countCombinations(listed)
  const isOver = counted.count > budget
  const plan = {
    route,
    placements: model.placements.map((placement) => occurringIn(placement, listed)),
    combinations: combineAll(model, listed, Math.min(options.most ?? budget, limit - 1)),
    ...counted,
    product: model.placements.reduce((product, { definition }) => product * definition.variants.length, 1),
    budget,
    isOver,
    isComplete: counted.isExact && counted.count < limit,
    factors: listed[0]!.parts.map(factorOf),
    breaks: isOver ? findBreak(model, listed, budget, limit, work) : null,
  }
  return { ...plan, proof: proofOf(plan) }
}

// Parts that were cut do not tell all.
function occurringIn({ key, definition }: PlacementModel, listed: readonly Listed[]) {
  const parts = listed.flatMap((one) => one.parts)
  const isCut = parts.some(({ isComplete }) => !isComplete)
  const shown = new Set(parts.flatMap(({ found }) => found.map(({ variants }) => own(variants, key))))
  return { key, variants: definition.variants.filter((variant) => isCut || shown.has(variant)) }
}
