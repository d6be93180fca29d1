import type { Formula } from './formula.ts'
import { KnownFacts } from './known-facts.ts'

/** How much may still be tried; shared by all that is asked for one answer. */
export interface Effort {
  left: number
}

interface Choice {
  readonly least: number
  readonly of: readonly Formula[]
}

/** Tells whether all formulas may be so together. In doubt, and when the effort is used up, they may. */
export function mayHold(formulas: readonly Formula[], effort: Effort): boolean {
  return search(formulas, [], new KnownFacts(), effort)
}

function search(
  formulas: readonly Formula[],
  choices: readonly Choice[],
  known: KnownFacts,
  effort: Effort,
): boolean {
  const open = [...choices]
  const pending = [...formulas]
  let facts = known
  while (pending.length > 0) {
    if (effort.left <= 0) return true
    effort.left -= 1
    const formula = pending.pop()!
    if ('all' in formula) pending.push(...formula.all)
    else if ('any' in formula) open.push({ least: 1, of: formula.any })
    else if ('least' in formula) open.push(formula)
    else {
      effort.left -= facts.costOf(formula)
      const more = facts.and(formula)
      if (more === undefined) return false
      facts = more
    }
  }
  return choose(open, facts, effort)
}

function choose(choices: readonly Choice[], facts: KnownFacts, effort: Effort): boolean {
  let fewest: Choice | undefined
  const rest: Choice[] = []
  for (const { least, of } of choices) {
    if (effort.left <= 0) return true
    const possible = of.filter((formula) => isAllowed(formula, facts, effort))
    if (possible.length < least) return false
    const narrowed = { least, of: possible }
    if (fewest === undefined || possible.length - least < fewest.of.length - fewest.least) {
      if (fewest !== undefined) rest.push(fewest)
      fewest = narrowed
    } else rest.push(narrowed)
  }
  if (fewest === undefined) return true
  const { least, of } = fewest
  if (least <= 0) return choose(rest, facts, effort)
  if (of.length === least) return search(of, rest, facts, effort)
  const [first, ...others] = of as readonly [Formula, ...Formula[]]
  if (search([first], [...rest, { least: least - 1, of: others }], facts, effort)) return true
  return choose([...rest, { least, of: others }], facts, effort)
}

// Looks no deeper than at single facts and those that must hold together.
function isAllowed(formula: Formula, facts: KnownFacts, effort: Effort): boolean {
  if (effort.left <= 0) return true
  effort.left -= 1
  if ('all' in formula) return formula.all.every((part) => isAllowed(part, facts, effort))
  if ('any' in formula) return formula.any.some((part) => isAllowed(part, facts, effort))
  if ('least' in formula) return formula.least <= formula.of.length
  effort.left -= facts.costOf(formula)
  return facts.allows(formula)
}
