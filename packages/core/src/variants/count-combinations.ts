import type { Asking } from './asking.ts'
import { type Choice, type Found, listCombinations, splitChoices } from './list-combinations.ts'
import type { RouteModel } from './route-model.ts'
import type { Combination, Factor } from './route-plan.ts'
import { createSolver, type Work } from './solve.ts'
import { decidersOf, whyOf } from './why.ts'

/** Nobody renders more pages of one route: past it nothing is listed or counted one by one. */
export const MOST_LISTED = 10_000

/** Placements that depend on each other, and what can stand on them together. */
export interface Part {
  readonly choices: readonly Choice[]
  readonly found: readonly Found[]
  readonly isComplete: boolean
}

/** What somebody who asks may see, cut into parts that multiply. */
export interface Listed {
  readonly asking: Asking
  readonly parts: readonly Part[]
  readonly product: number
  readonly isComplete: boolean
}

/** How many combinations there are; at least so many when it is not exact. */
export interface Counted {
  readonly count: number
  readonly isExact: boolean
}

type Row = readonly Found[]

/** Lists the parts of what somebody may see, each up to a limit. */
export function listParts({ relations }: RouteModel, asking: Asking, limit: number, work: Work): Listed {
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

/** Counts the combinations of the first who asks, which multiply, and those that only others see, one by one. */
export function countCombinations(listed: readonly Listed[]): Counted {
  const known = listed[0]!
  const others = listed.slice(1)
  const seen = known.parts.map(({ choices, found }) => {
    const placements = choices.map(({ placement }) => placement)
    return { placements, keys: new Set(found.map(({ variants }) => keyOf(placements, variants))) }
  })
  const placements = known.asking.choices.map(({ placement }) => placement)
  const further = new Set<string>()
  for (const other of others) {
    for (const row of rowsOf(other, MOST_LISTED)) {
      const variants = variantsOf(row)
      const isKnown = seen.every((part) => part.keys.has(keyOf(part.placements, variants)))
      if (!isKnown) further.add(keyOf(placements, variants))
    }
  }
  const isExact =
    known.isComplete && others.every(({ isComplete, product }) => isComplete && product <= MOST_LISTED)
  return { count: known.product + further.size, isExact }
}

/** The combinations of everybody who asks, at most `most`. */
export function combineAll(
  model: RouteModel,
  listed: readonly Listed[],
  most: number,
): readonly Combination[] {
  const entries = new Map<string, { readonly row: Row; readonly asking: Asking; readonly also: Asking[] }>()
  const placements = model.placements.map(({ key }) => key)
  for (const one of listed) {
    for (const row of rowsOf(one, most)) {
      const key = keyOf(placements, variantsOf(row))
      const known = entries.get(key)
      if (known !== undefined) known.also.push(one.asking)
      else entries.set(key, { row, asking: one.asking, also: [] })
    }
  }
  return [...entries.values()]
    .slice(0, most)
    .map(({ row, asking, also }) => combinationOf(model, row, [asking, ...also]))
}

/** A part as a factor of the count. */
export function factorOf({ choices, found }: Part): Factor {
  return {
    placements: choices.map(({ placement }) => placement),
    count: found.length,
    product: choices.reduce((product, { shows }) => product * shows.size, 1),
  }
}

// One of each part, the last part turning fastest.
function rowsOf({ parts, product }: Listed, most: number): readonly Row[] {
  return Array.from({ length: Math.min(product, most) }, (_, number) => {
    let left = number
    return parts
      .toReversed()
      .map(({ found }) => {
        const one = found[left % found.length]!
        left = Math.floor(left / found.length)
        return one
      })
      .toReversed()
  })
}

function combinationOf({ placements }: RouteModel, row: Row, asked: readonly Asking[]): Combination {
  const first = asked[0]!
  const deciders = placements.map((placement) => {
    const { domains } = row.find(({ variants }) => Object.hasOwn(variants, placement.key))!
    return decidersOf(placement, domains, first)
  })
  const variants = variantsOf(row)
  return {
    variants: Object.fromEntries(placements.map(({ key }) => [key, variants[key]!])),
    visitors: asked.map(({ asker }) => asker),
    experiences: Object.fromEntries(deciders.map(({ placement, experience }) => [placement, experience])),
    why: whyOf(deciders, first.asker),
    isProven: row.every((one) => one.isProven),
  }
}

function keyOf(placements: readonly string[], variants: Found['variants']): string {
  return JSON.stringify(placements.map((placement) => variants[placement]))
}

function variantsOf(row: Row): Found['variants'] {
  return Object.assign({}, ...row.map(({ variants }) => variants))
}
