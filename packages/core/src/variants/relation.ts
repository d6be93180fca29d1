import type { Cells } from './formula.ts'

/** Cells of one axis. */
export interface Place {
  readonly axis: number
  readonly cells: Cells
}

/** What is known of several axes at once: one place brings another with it, or at most so many places are taken. */
export type Relation =
  | { readonly when: Place; readonly then: Place }
  | { readonly atMost: number; readonly of: readonly Place[] }

/** The axes a relation ties together. */
export function axesOfRelation(relation: Relation): readonly number[] {
  return ('when' in relation ? [relation.when, relation.then] : relation.of).map(({ axis }) => axis)
}

/**
 * Takes from the domains (the cells each axis may still lie in) what a relation rules out; answers the axes that
 * became smaller, or `undefined` when nothing is left for one.
 */
export function applyRelation(relation: Relation, domains: Cells[]): readonly number[] | undefined {
  return 'when' in relation ? applyImplication(relation, domains) : applyLimit(relation, domains)
}

function applyImplication(
  { when, then }: Extract<Relation, { readonly when: Place }>,
  domains: Cells[],
): readonly number[] | undefined {
  if ((domains[when.axis]! & ~when.cells) === 0n) return narrow(domains, then.axis, then.cells)
  return (domains[then.axis]! & then.cells) === 0n ? narrow(domains, when.axis, ~when.cells) : []
}

function applyLimit(
  { atMost, of }: Extract<Relation, { readonly atMost: number }>,
  domains: Cells[],
): readonly number[] | undefined {
  const isTaken = ({ axis, cells }: Place): boolean => (domains[axis]! & ~cells) === 0n
  const taken = of.filter(isTaken).length
  if (taken > atMost) return undefined
  if (taken < atMost) return []
  const smaller: number[] = []
  for (const place of of) {
    if (isTaken(place)) continue
    const changed = narrow(domains, place.axis, ~place.cells)
    if (changed === undefined) return undefined
    smaller.push(...changed)
  }
  return smaller
}

/** Leaves an axis no more than some cells. */
export function narrow(domains: Cells[], axis: number, cells: Cells): readonly number[] | undefined {
  const before = domains[axis]!
  const after = before & cells
  if (after === 0n) return undefined
  if (after === before) return []
  domains[axis] = after
  return [axis]
}
