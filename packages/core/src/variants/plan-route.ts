import { own } from '../result/json.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import { askings } from './asking.ts'
import { type Counted, countCombinations } from './count-combinations.ts'
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
  const asked = askings(model, (ruleset.holdout?.share ?? 0) > 0)
  const counted = countCombinations(model, asked, budget, work)
  const plan = {
    route,
    placements: model.placements.map((placement) => occurringIn(placement, counted)),
    ...counted,
    product: model.placements.reduce((product, { definition }) => product * definition.variants.length, 1),
    budget,
    isOver: counted.count > budget,
    breaks: counted.count > budget ? findBreak(model, asked, budget, work) : null,
  }
  return { ...plan, proof: proofOf(plan) }
}

// A list that was cut does not tell all.
function occurringIn({ key, definition }: PlacementModel, { combinations, isComplete }: Counted) {
  const shown = new Set(combinations.map(({ variants }) => variants[key]))
  return { key, variants: definition.variants.filter((variant) => !isComplete || shown.has(variant)) }
}
