import { FALSE, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import type { Cells } from './formula.ts'
import type { Reading } from './reading.ts'
import { caseNeighbours } from './value-reading.ts'

/** The cells in which a reading is true, and in which it is false; it is unknown in the others. */
export interface ReadCells {
  readonly true: Cells
  readonly false: Cells
}

/** One thing that is different from visitor to visitor or from moment to moment, cut into cells that tests tell apart. */
export interface Axis {
  readonly name: string
  readonly all: Cells
  /** The cell in which nothing is known, if there may be one; every reading is unknown there. */
  readonly unknown: Cells
  /** The cell in which every reading is false, if there is one. */
  readonly none: Cells
  readonly cells: ReadonlyMap<Reading, ReadCells>
  /** The cell in which a value lies. */
  readonly cellOf: (point: unknown) => Cells
}

/** Cuts an axis into as few cells as its readings tell apart. `denied` says that a purpose it needs may be missing. */
export function createAxis(name: string, readings: readonly Reading[], denied: boolean): Axis {
  const rows = new Map<string, readonly Truth[]>()
  const add = (truths: readonly Truth[]): void => {
    rows.set(truths.join(), truths)
  }
  const testAll = (point: unknown): readonly Truth[] => readings.map(({ test }) => test(point))
  for (const point of pointsOf(readings)) add(testAll(point))
  if (readings.some(({ mayMiss }) => mayMiss)) add(testAll(undefined))
  if (denied) add(readings.map(() => UNKNOWN))
  const all = [...rows.values()]
  const where = (passes: (truths: readonly Truth[]) => boolean): Cells =>
    all.reduce((cells, truths, at) => (passes(truths) ? cells | (1n << BigInt(at)) : cells), 0n)
  const cells = readings.map((reading, at) => {
    const isAt = (truth: Truth) => where((truths) => truths[at] === truth)
    return [reading, { true: isAt(TRUE), false: isAt(FALSE) }] as const
  })
  return {
    name,
    all: (1n << BigInt(all.length)) - 1n,
    unknown: where((truths) => truths.every((truth) => truth === UNKNOWN)),
    none: where((truths) => truths.every((truth) => truth === FALSE)),
    cells: new Map(cells),
    cellOf: (point) => {
      const key = testAll(point).join()
      return where((truths) => truths.join() === key)
    },
  }
}

// Where a test folds letters, texts that differ from a named one by a letter's case may be told apart from it.
function pointsOf(readings: readonly Reading[]): ReadonlySet<unknown> {
  const points = new Set(readings.flatMap((reading) => reading.points))
  if (!readings.some(({ folds }) => folds)) return points
  const texts = [...points].filter((point) => typeof point === 'string')
  return new Set([...points, ...texts.flatMap(caseNeighbours)])
}
