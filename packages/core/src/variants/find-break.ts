import type { Asking } from './asking.ts'
import { countCombinations, type Listed, listParts } from './count-combinations.ts'
import type { RouteModel } from './route-model.ts'
import type { Breaking } from './route-plan.ts'
import type { Work } from './solve.ts'

/**
 * Finds the placement whose removal leaves the fewest combinations. When the route is over its budget without any
 * single one, it is the one that multiplies the rest most.
 */
export function findBreak(
  model: RouteModel,
  listed: readonly Listed[],
  budget: number,
  limit: number,
  work: Work,
): Breaking | null {
  const known = listed[0]!
  let best: { readonly placement: string; readonly left: number } | null = null
  for (const part of known.parts) {
    for (const { placement } of part.choices) {
      const alone = {
        ...known.asking,
        choices: part.choices.filter((choice) => choice.placement !== placement),
      }
      const left = (listParts(model, alone, limit, work).product / part.found.length) * known.product
      if (best === null || left < best.left) best = { placement, left }
    }
  }
  if (best === null) return null
  const { placement } = best
  const { count } = countCombinations(
    listed.map(({ asking }) => listParts(model, skip(asking, placement), limit, work)),
  )
  return { placement, without: count, isStillOver: count > budget }
}

function skip(asking: Asking, placement: string): Asking {
  return { ...asking, choices: asking.choices.filter((choice) => choice.placement !== placement) }
}
