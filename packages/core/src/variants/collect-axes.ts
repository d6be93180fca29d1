import { type Condition, childrenOf } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import { purposeBits } from '../consent/consent.ts'
import { PURPOSES, type Purpose } from '../consent/purpose.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { own } from '../result/json.ts'
import type { Segments } from '../segment/segment.ts'
import { type Axis, createAxis } from './axis.ts'
import { ALWAYS, type Formula, NEVER } from './formula.ts'
import { consentReading, readLeaf } from './read-leaf.ts'
import type { Reading } from './reading.ts'

/** The axes that some conditions read, and each reading as cells of one. */
export interface Axes {
  readonly list: readonly Axis[]
  readonly readings: readonly Reading[]
  readonly axisOf: (reading: Reading) => number
  /** −1 when nothing reads it. */
  readonly indexOf: (name: string) => number
  /** Holds where a reading is true, or where it is false; unknown is neither. */
  readonly formulaOf: (reading: Reading, wanted: boolean) => Formula
}

/** Reads conditions; equal ones give the same readings. */
export interface Reader {
  readonly leaf: (condition: Condition) => readonly Reading[]
  /** Adds what is read beside conditions. */
  readonly add: (reading: Reading) => Reading
  /** Reads a condition and all below it, the segments it refers to included. */
  readonly tree: (condition: Condition) => void
  /** Cuts everything that was read into axes. */
  readonly finish: () => Axes
}

/** Starts to read the conditions of a ruleset. */
export function createReader(definitions: Definitions, segments: Segments): Reader {
  const leaves = new Map<string, readonly Reading[]>()
  const added: Reading[] = []
  const visited = new Set<string>()

  function leaf(condition: Condition): readonly Reading[] {
    const key = canonicalJson(condition)
    const known = leaves.get(key)
    if (known !== undefined) return known
    const readings = readLeaf(condition, definitions)
    leaves.set(key, readings)
    return readings
  }

  function tree(condition: Condition): void {
    if ('segment' in condition) {
      if (visited.has(condition.segment)) return
      visited.add(condition.segment)
      const segment = own(segments, condition.segment)
      if (segment !== undefined) tree(segment.when)
      return
    }
    const children = childrenOf(condition)
    if (children.length === 0) leaf(condition)
    else children.forEach(tree)
  }

  return {
    leaf,
    tree,
    add: (reading) => {
      added.push(reading)
      return reading
    },
    finish: () => cutAxes([...new Set([...added, ...[...leaves.values()].flat()])]),
  }
}

/** The purposes besides `preferences` that a reading needs; without `preferences` nothing that needs one is asked. */
export function furtherPurposes({ needs }: Reading): readonly Purpose[] {
  return PURPOSES.filter((purpose) => purpose !== 'preferences' && (needs & purposeBits([purpose])) !== 0)
}

// Cutting an axis takes readings × points tests. Where that is too many each reading gets an axis of its own, which
// only forgets what follows from what.
const MOST_TESTS = 500_000

function cutAxes(asked: readonly Reading[]): Axes {
  const purposes = new Set(asked.flatMap(furtherPurposes))
  const readings = [...asked, ...[...purposes].map(consentReading)]
  const byName = new Map<string, Reading[]>()
  for (const reading of readings) {
    const same = byName.get(reading.axis)
    if (same === undefined) byName.set(reading.axis, [reading])
    else same.push(reading)
  }
  const list: Axis[] = []
  const places = new Map<Reading, number>()
  for (const [name, same] of byName) {
    for (const together of groupsOf(same)) {
      const mayBeDenied = together.some((reading) => furtherPurposes(reading).length > 0)
      for (const reading of together) places.set(reading, list.length)
      list.push(createAxis(name, together, mayBeDenied))
    }
  }
  return {
    list,
    readings,
    axisOf: (reading) => places.get(reading)!,
    indexOf: (name) => list.findIndex((axis) => axis.name === name),
    formulaOf: (reading, wanted) => {
      const axis = places.get(reading)!
      const { all, cells: read } = list[axis]!
      const cells = read.get(reading)![wanted ? 'true' : 'false']
      if (cells === 0n) return NEVER
      return cells === all ? ALWAYS : { axis, cells, others: all & ~cells }
    },
  }
}

function groupsOf(same: readonly Reading[]): readonly (readonly Reading[])[] {
  const points = same.reduce((sum, reading) => sum + reading.points.length, 0)
  return same.length * points > MOST_TESTS ? same.map((reading) => [reading]) : [same]
}
