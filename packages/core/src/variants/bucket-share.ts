import { BUCKETS } from '../allocation/bucket.ts'
import type { Axis } from './axis.ts'
import type { Axes } from './collect-axes.ts'
import type { Cells, Formula } from './formula.ts'
import type { Domains } from './solve.ts'

/** The part of an axis of buckets in which a formula holds, and the axes narrowed to it. */
export function bucketShare(
  { list }: Axes,
  domains: Domains,
  formula: Formula,
): { readonly share: number; readonly domains: Domains } {
  if (!('axis' in formula)) return { share: formula.least <= 0 ? 1 : 0, domains }
  const domain = domains[formula.axis]!
  const left = domain & formula.cells
  const axis = list[formula.axis]!
  const all = widthOf(axis, domain)
  return {
    share: all === 0 ? 0 : widthOf(axis, left) / all,
    domains: domains.map((cells, at) => (at === formula.axis ? left : cells)),
  }
}

// Between two neighbouring points of the readings nothing changes.
function widthOf({ cells, cellOf }: Axis, domain: Cells): number {
  const points = new Set([0, ...[...cells.keys()].flatMap((reading) => reading.points.map(Number))])
  const starts = [...points].sort((a, b) => a - b)
  return starts.reduce(
    (width, start, at) =>
      (cellOf(start) & domain) === 0n ? width : width + (starts[at + 1] ?? BUCKETS) - start,
    0,
  )
}
