import type { Asking } from './asking.ts'
import { countCombinations } from './count-combinations.ts'
import type { RouteModel } from './route-model.ts'
import type { Breaking } from './route-plan.ts'
import type { Work } from './solve.ts'

/**
 * Finds the placement whose removal leaves the fewest combinations. When the route is over its budget without any
 * single one, it is the one that multiplies the rest most.
 */
export function findBreak(
  model: RouteModel,
  asked: readonly Asking[],
  budget: number,
  work: Work,
): Breaking | null {
  const tried = model.placements.map(({ key }): Breaking => {
    const { count } = countCombinations(
      without(model, key),
      asked.map((one) => skip(one, key)),
      budget,
      work,
    )
    return { placement: key, without: count, isStillOver: count > budget }
  })
  return tried.reduce<Breaking | null>(
    (best, one) => (best === null || isBefore(one, best) ? one : best),
    null,
  )
}

function isBefore(a: Breaking, b: Breaking): boolean {
  return a.isStillOver === b.isStillOver ? a.without < b.without : b.isStillOver
}

function without(model: RouteModel, placement: string): RouteModel {
  return { ...model, placements: model.placements.filter(({ key }) => key !== placement) }
}

function skip(asking: Asking, placement: string): Asking {
  return { ...asking, choices: asking.choices.filter((choice) => choice.placement !== placement) }
}
