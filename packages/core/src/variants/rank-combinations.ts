import { own } from '../result/json.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import { estimateRoute } from './estimate-route.ts'
import { rowKey, type Shares } from './estimate-shares.ts'
import type { VariantPlan } from './plan-variants.ts'
import type { Combination } from './route-plan.ts'
import type { Traffic } from './traffic.ts'

/** A combination and how much of the traffic sees it. */
export interface RankedCombination {
  readonly route: string
  readonly variants: Combination['variants']
  readonly why: Combination['why']
  /** The part of all page views, 0 to 1. */
  readonly share: number
  /** The part of all page views that this one and those before it cover. */
  readonly cumulative: number
}

/** The combinations of a plan, the most seen first. */
export interface Ranking {
  readonly combinations: readonly RankedCombination[]
  /** What no traffic was given for: each is taken to be true for one half of the visitors. */
  readonly assumed: readonly string[]
  /** Combinations that were counted but cannot occur, as after a change of the ruleset. */
  readonly unplanned: readonly { readonly route: string; readonly variants: Combination['variants'] }[]
}

/**
 * Ranks the combinations of a plan by what is known of the traffic, so that those seen most are rendered first.
 * Counted combinations are taken as they are. For other routes the shares of segments, the shares of the allocations
 * and the holdout are followed through the experiences at `now` (milliseconds since 1970): exact where segments exclude
 * or imply each other, independent otherwise; nobody is taken to have reached a cap.
 */
export function rankCombinations(
  ruleset: Ruleset,
  plan: VariantPlan,
  traffic: Traffic,
  now: number,
): Ranking {
  const assumed = new Set<string>()
  const views = plan.routes.map(({ route }) => viewsOf(traffic, route))
  const all = views.reduce((sum, view) => sum + view, 0)
  const ranked = plan.routes.flatMap(({ route, combinations, placements }, at) => {
    const keys = placements.map(({ key }) => key)
    const shares = countedShares(traffic, route, keys) ?? estimateRoute(ruleset, route, traffic, now, assumed)
    const part = all === 0 ? 0 : views[at]! / all
    return combinations.map(({ variants, why }) => ({
      route,
      variants,
      why,
      share: part * (shares.get(rowKey(keys, variants)) ?? 0),
    }))
  })
  let cumulative = 0
  const sorted = ranked.toSorted((a, b) => b.share - a.share)
  return {
    combinations: sorted.map((one) => {
      cumulative += one.share
      return { ...one, cumulative }
    }),
    assumed: [...assumed],
    unplanned: unplannedOf(plan, traffic),
  }
}

// Counts of combinations are page views themselves.
function viewsOf({ routes = {}, combinations = [] }: Traffic, route: string): number {
  const given = own(routes, route)
  if (given !== undefined) return given
  const counted = combinations.filter((one) => one.route === route)
  if (counted.length > 0) return counted.reduce((sum, { count }) => sum + count, 0)
  return Object.keys(routes).length > 0 ? 0 : 1
}

function countedShares(
  { combinations = [] }: Traffic,
  route: string,
  keys: readonly string[],
): Shares | undefined {
  const counted = combinations.filter((one) => one.route === route)
  const all = counted.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return undefined
  const shares = new Map<string, number>()
  for (const { variants, count } of counted) {
    const key = rowKey(keys, variants)
    shares.set(key, (shares.get(key) ?? 0) + count / all)
  }
  return shares
}

function unplannedOf({ routes }: VariantPlan, { combinations = [] }: Traffic): Ranking['unplanned'] {
  return combinations.flatMap(({ route, variants }) => {
    const plan = routes.find((one) => one.route === route)
    if (plan === undefined || !plan.isComplete) return []
    const keys = plan.placements.map(({ key }) => key)
    const wanted = rowKey(keys, variants)
    return plan.combinations.some((one) => rowKey(keys, one.variants) === wanted) ? [] : [{ route, variants }]
  })
}
