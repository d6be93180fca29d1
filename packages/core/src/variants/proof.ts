import type { Factor, RoutePlan } from './route-plan.ts'

/** The bound of a route and where it comes from, in one line. */
export function proofOf({
  factors,
  count,
  isExact,
  budget,
  isOver,
  breaks,
}: Omit<RoutePlan, 'proof'>): string {
  const product = factors.reduce((all, factor) => all * factor.count, 1)
  const told = factors.filter((factor) => factor.count > 1)
  const sum = told.length === 0 ? '1' : told.map(tell).join(' × ')
  const more = count > product ? ` + ${count - product} that only other visitors see` : ''
  const total = told.length > 1 || more !== '' ? ` = ${count}` : ''
  const bound = `${isExact ? '' : 'at least '}${sum}${more}${total}`
  if (!isOver)
    return `${bound}, ${isExact ? 'within the budget of' : 'not counted further, budget'} ${budget}`
  return `${bound}, over the budget of ${budget}${breaks === null ? '' : `; ${tellBreak(breaks, budget)}`}`
}

function tell({ placements, count, product }: Factor): string {
  const names = placements.join(' with ')
  return placements.length > 1 && count < product ? `${names} ${count} (of ${product})` : `${names} ${count}`
}

function tellBreak(
  { placement, without, isStillOver }: NonNullable<RoutePlan['breaks']>,
  budget: number,
): string {
  return isStillOver
    ? `no single placement brings it within ${budget}, ${placement} multiplies it most`
    : `without ${placement} it has ${without}`
}
