/** A set of cells of one axis, a bit each. */
export type Cells = bigint

/**
 * What must hold of a visitor: an axis lies in some cells, or at least so many parts hold. All of n parts is `least` n,
 * any of them `least` 1, so that a formula and its opposite have one shape.
 */
export type Formula =
  | { readonly axis: number; readonly cells: Cells; readonly others: Cells }
  | { readonly least: number; readonly of: readonly Formula[] }

/** Holds of everybody. */
export const ALWAYS: Formula = { least: 0, of: [] }
/** Holds of nobody. */
export const NEVER: Formula = { least: 1, of: [] }

/** Every part holds. */
export function allOf(parts: readonly Formula[]): Formula {
  const different = [...new Set(parts)].filter((part) => part !== ALWAYS)
  return different.length === 1 ? different[0]! : { least: different.length, of: different }
}

/** Some part holds. */
export function anyOf(parts: readonly Formula[]): Formula {
  const different = [...new Set(parts)].filter((part) => part !== NEVER)
  return different.length === 1 ? different[0]! : { least: 1, of: different }
}

const opposites = new WeakMap<Formula, Formula>()

/** Holds exactly when the formula does not. */
export function oppositeOf(formula: Formula): Formula {
  const known = opposites.get(formula)
  if (known !== undefined) return known
  const made = makeOpposite(formula)
  opposites.set(formula, made)
  opposites.set(made, formula)
  return made
}

function makeOpposite(formula: Formula): Formula {
  if ('axis' in formula) return { axis: formula.axis, cells: formula.others, others: formula.cells }
  return { least: formula.of.length - formula.least + 1, of: formula.of.map(oppositeOf) }
}

/** Every axis a formula asks about. */
export function axesOf(formulas: Iterable<Formula>): ReadonlySet<number> {
  const axes = new Set<number>()
  const seen = new Set<Formula>()
  const visit = (formula: Formula): void => {
    if (seen.has(formula)) return
    seen.add(formula)
    if ('axis' in formula) axes.add(formula.axis)
    else formula.of.forEach(visit)
  }
  for (const formula of formulas) visit(formula)
  return axes
}
