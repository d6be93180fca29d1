import type { Asking } from './asking.ts'
import { type Choice, type Found, listCombinations, splitChoices } from './list-combinations.ts'
import type { RouteModel } from './route-model.ts'
import type { Combination, Factor } from './route-plan.ts'
import { createSolver, type Work } from './solve.ts'
import { decidersOf, whyOf } from './why.ts'

/** The combinations of everybody who asks. */
export interface Counted {
  readonly combinations: readonly Combination[]
  readonly count: number
  readonly isExact: boolean
  readonly isComplete: boolean
  readonly factors: readonly Factor[]
}

interface Part {
  readonly choices: readonly Choice[]
  readonly found: readonly Found[]
  readonly isComplete: boolean
}

interface Listed {
  readonly asking: Asking
  readonly parts: readonly Part[]
  /** How many combinations the parts multiply to. */
  readonly product: number
  readonly isComplete: boolean
}

interface Entry {
  readonly parts: readonly Found[]
  readonly asking: Asking
  readonly also: Asking[]
}

// Nobody renders more pages of one route.
const MOST_LISTED = 10_000

/**
 * Lists the combinations of everybody who asks, those of visitors with consent and an id first, up to a budget; past it
 * only their number is told.
 */
export function countCombinations(
  model: RouteModel,
  asked: readonly Asking[],
  budget: number,
  work: Work,
): Counted {
  const most = Math.min(budget, MOST_LISTED)
  const listed = asked.map((asking) => listAll(model, asking, most + 1, work))
  const entries = new Map<string, Entry>()
  for (const { asking, parts } of listed) {
    for (const row of rowsOf(parts, asking === asked[0] ? most + 1 : MOST_LISTED))
      addRow(entries, row, asking)
  }
  const known = listed[0]!
  const others = listed.slice(1)
  const isExact = known.isComplete && others.every((one) => one.isComplete && one.product <= MOST_LISTED)
  const least = Math.max(entries.size, ...listed.map(({ product }) => product))
  const count = isExact ? known.product + countFurther(entries, known) : least
  return {
    combinations: [...entries.values()].slice(0, most).map((entry) => combinationOf(model, entry)),
    count,
    isExact,
    isComplete: isExact && count <= most,
    factors: known.parts.map(factorOf),
  }
}

function listAll({ relations }: RouteModel, asking: Asking, limit: number, work: Work): Listed {
  const solver = createSolver(relations, asking.domains, work)
  const parts = splitChoices(asking.choices, relations).map((choices) => ({
    choices,
    ...listCombinations(solver, choices, limit),
  }))
  return {
    asking,
    parts,
    product: parts.reduce((product, { found }) => product * found.length, 1),
    isComplete: parts.every((part) => part.isComplete),
  }
}

// What only others see: some part of it is not among what visitors with consent and an id see there.
function countFurther(entries: ReadonlyMap<string, Entry>, { parts, asking: known }: Listed): number {
  const seen = parts.map(({ choices, found }) => {
    const keyOf = (variants: Found['variants']): string =>
      JSON.stringify(choices.map(({ placement }) => variants[placement]))
    return { keyOf, keys: new Set(found.map(({ variants }) => keyOf(variants))) }
  })
  const isFurther = ({ parts: row, asking }: Entry): boolean => {
    if (asking === known) return false
    const variants = variantsOf(row)
    return seen.some(({ keyOf, keys }) => !keys.has(keyOf(variants)))
  }
  return [...entries.values()].filter(isFurther).length
}

function factorOf({ choices, found }: Part): Factor {
  return {
    placements: choices.map(({ placement }) => placement),
    count: found.length,
    product: choices.reduce((product, { shows }) => product * shows.size, 1),
  }
}

// One of each part, the last part turning fastest.
function rowsOf(parts: readonly Part[], limit: number): readonly (readonly Found[])[] {
  return parts.reduce<readonly (readonly Found[])[]>(
    (rows, { found }) => rows.flatMap((row) => found.map((one) => [...row, one])).slice(0, limit),
    [[]],
  )
}

function addRow(entries: Map<string, Entry>, parts: readonly Found[], asking: Asking): void {
  const variants = variantsOf(parts)
  const key = JSON.stringify(asking.choices.map(({ placement }) => variants[placement]))
  const known = entries.get(key)
  if (known === undefined) entries.set(key, { parts, asking, also: [] })
  else known.also.push(asking)
}

function combinationOf({ placements }: RouteModel, { parts, asking, also }: Entry): Combination {
  const deciders = placements.map((placement) => {
    const { domains } = parts.find(({ variants }) => Object.hasOwn(variants, placement.key))!
    return decidersOf(placement, domains, asking)
  })
  const variants = variantsOf(parts)
  return {
    variants: Object.fromEntries(placements.map(({ key }) => [key, variants[key]!])),
    visitors: [asking, ...also].map(({ asker }) => asker),
    experiences: Object.fromEntries(deciders.map(({ placement, experience }) => [placement, experience])),
    why: whyOf(deciders, asking.asker),
    isProven: parts.every((part) => part.isProven),
  }
}

function variantsOf(parts: readonly Found[]): { readonly [placement: string]: string } {
  return Object.fromEntries(parts.flatMap(({ variants }) => Object.entries(variants)))
}
