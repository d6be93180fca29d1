import { type Change, costOf, type EventChange } from './change.ts'

/** Changes that come to be together, in this order. */
export type ChangePlan = readonly Change[]

/** How large a plan is, to compare. */
export function planCost(plan: ChangePlan): number {
  return plan.reduce((total, change) => total + costOf(change), plan.length / 10)
}

/** The smallest so many of some plans, smallest first. */
export function smallest(plans: readonly ChangePlan[], most: number): readonly ChangePlan[] {
  return plans
    .map((plan) => [plan, planCost(plan)] as const)
    .sort((a, b) => a[1] - b[1])
    .slice(0, most)
    .map(([plan]) => plan)
}

/** Plans that carry out one plan each of `needed` of the lists, the smallest first. */
export function choosePlans(
  lists: readonly (readonly ChangePlan[])[],
  needed: number,
  most: number,
): readonly ChangePlan[] {
  // By how many lists were chosen from so far.
  let chosen: readonly (readonly ChangePlan[])[] = [[[]]]
  for (const list of lists) {
    chosen = Array.from({ length: Math.min(chosen.length, needed) + 1 }, (_, count) => {
      const without = chosen[count] ?? []
      const before = count === 0 ? [] : (chosen[count - 1] ?? [])
      return smallest(
        [...without, ...before.flatMap((plan) => list.map((more) => joinPlans(plan, more)))],
        most,
      )
    })
  }
  return chosen[needed] ?? []
}

const ORDER: readonly Change['by'][] = ['consent', 'context', 'trait', 'touch', 'steps', 'event', 'time']

/** Two plans as one: what both ask for is asked for once. */
export function joinPlans(a: ChangePlan, b: ChangePlan): ChangePlan {
  const joined = b.reduce<readonly Change[]>(addChange, a)
  return [...joined].sort((x, y) => ORDER.indexOf(x.by) - ORDER.indexOf(y.by))
}

function addChange(plan: readonly Change[], change: Change): readonly Change[] {
  const at = plan.findIndex((known) => isSameKind(known, change))
  return at < 0 ? [...plan, change] : plan.with(at, larger(plan[at]!, change))
}

function isSameKind(a: Change, b: Change): boolean {
  if (a.by === 'time' || a.by === 'consent') return a.by === b.by
  if (a.by !== 'event' || b.by !== 'event') return JSON.stringify(a) === JSON.stringify(b)
  return JSON.stringify({ ...a, count: 0 }) === JSON.stringify({ ...b, count: 0 })
}

function larger(a: Change, b: Change): Change {
  if (a.by === 'time' && b.by === 'time') return a.at > b.at ? a : b
  if (a.by === 'event' && b.by === 'event') return a.count > b.count ? a : b
  if (a.by === 'consent' && b.by === 'consent')
    return { by: 'consent', purposes: [...new Set([...a.purposes, ...b.purposes])] }
  return a
}

/** The same plan with each change left out in turn, and each event once less. */
export function lesserPlans(plan: ChangePlan): readonly ChangePlan[] {
  const without = plan.length === 1 ? [] : plan.map((_, at) => plan.toSpliced(at, 1))
  const fewer = plan.flatMap((change, at) =>
    change.by === 'event' && change.count > 1
      ? [plan.with(at, { ...change, count: change.count - 1 } satisfies EventChange)]
      : [],
  )
  return [...without, ...fewer]
}
