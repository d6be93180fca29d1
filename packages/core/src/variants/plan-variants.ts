import type { Ruleset } from '../ruleset/ruleset.ts'
import { planRoute } from './plan-route.ts'
import type { RoutePlan } from './route-plan.ts'

/** The combinations of a ruleset's routes. */
export interface VariantPlan {
  readonly revision: string
  readonly routes: readonly RoutePlan[]
}

/** What is planned: one route, by default all; and the most combinations a route may have, by default the ruleset's. */
export interface PlanVariantsOptions {
  readonly route?: string
  readonly budget?: number
}

/**
 * Lists per route every combination of variants that can occur, each a page that can be cached. What can occur is never
 * left out; what cannot is left out as far as priority, exclusive conditions, groups, shares, schedules, consent and
 * the holdout show it. Throws for an unknown route and for a ruleset that was not checked.
 */
export function planVariants(ruleset: Ruleset, { route, budget }: PlanVariantsOptions = {}): VariantPlan {
  const routes = route === undefined ? Object.keys(ruleset.routes ?? {}) : [route]
  const options = budget === undefined ? {} : { budget }
  return { revision: ruleset.revision, routes: routes.map((key) => planRoute(ruleset, key, options)) }
}
